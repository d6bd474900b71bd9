package dev.cloister.contract.client;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts the text messages of a WebSocket together and hands them to one reader. A few messages are asked for in advance:
 * the JDK's client can lose the end of a connection that breaks without a close frame, most often while nothing is asked
 * for. So a peer that says nothing for a while is asked whether it is still there.
 */
final class LogListener implements WebSocket.Listener {
    private static final int MAX_MESSAGE = 4 << 20;
    private static final int AHEAD = 16;
    private static final Duration ASK_AFTER = Duration.ofSeconds(5);
    private static final Duration LOST_AFTER = Duration.ofSeconds(40);

    private sealed interface Event {}

    private record Message(String text) implements Event {}

    private record End(@Nullable IOException failure) implements Event {}

    // What is asked for in advance, and the ends of both sides with some room.
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(AHEAD + 8);
    private final StringBuilder partial = new StringBuilder();
    private @Nullable End ended;
    private volatile long heard = System.nanoTime();

    Optional<String> next(WebSocket socket) throws IOException, InterruptedException {
        var known = ended;
        return switch (known != null ? known : take(socket)) {
            case Message(var text) -> {
                socket.request(1);
                yield Optional.of(text);
            }
            case End end -> {
                ended = end;
                if (end.failure() != null) {
                    throw end.failure();
                }
                yield Optional.empty();
            }
        };
    }

    private Event take(WebSocket socket) throws InterruptedException {
        while (true) {
            var event = events.poll(ASK_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            if (event != null) {
                return event;
            }
            if (System.nanoTime() - heard > LOST_AFTER.toNanos()) {
                return new End(new IOException("The server has stopped answering while its log was read."));
            }
            var unused = socket.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failure) -> {
                if (failure != null) {
                    onError(socket, failure);
                }
            });
        }
    }

    void end() {
        events.offer(new End(null));
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(AHEAD);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heard = System.nanoTime();
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
        heard = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        heard = System.nanoTime();
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
