package dev.cloister.contract.client;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Puts the text messages of a WebSocket together and hands them to one reader, one at a time. */
final class LogListener implements WebSocket.Listener {
    private static final int MAX_MESSAGE = 4 << 20;

    private sealed interface Event {}

    private record Message(String text) implements Event {}

    private record End(@Nullable IOException failure) implements Event {}

    // One message at most is under way, and two ends: the peer's and our own.
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(4);
    private final StringBuilder partial = new StringBuilder();
    private @Nullable End ended;

    Optional<String> next(WebSocket socket) throws IOException, InterruptedException {
        var known = ended;
        if (known == null) {
            socket.request(1);
        }
        return switch (known != null ? known : events.take()) {
            case Message(var text) -> Optional.of(text);
            case End end -> {
                ended = end;
                if (end.failure() != null) {
                    throw end.failure();
                }
                yield Optional.empty();
            }
        };
    }

    void end() {
        events.offer(new End(null));
    }

    @Override
    public void onOpen(WebSocket socket) {
        // the reader asks for each message
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        if (partial.length() + data.length() > MAX_MESSAGE) {
            events.offer(new End(new UnexpectedAnswerException("The server sent a log message that is too long.")));
            socket.abort();
            return null;
        }
        partial.append(data);
        if (last) {
            events.offer(new Message(partial.toString()));
            partial.setLength(0);
        } else {
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        var clean = status == WebSocket.NORMAL_CLOSURE || status == 1001;
        events.offer(new End(clean ? null : new IOException("The server ended the log: " + reason)));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        events.offer(new End(new IOException("The connection to the server broke while the log was read.", error)));
    }
}
