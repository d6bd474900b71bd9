package dev.cloister.server.platform.http;

import dev.cloister.server.platform.Push;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A WebSocket on which each message of the peer is answered, in order. A peer that sends faster than it is answered is
 * cut off. Public because Jetty calls it by reflection.
 */
public final class TalkSocket extends PushSocket {
    private static final int MAX_WAITING = 32;
    private static final Duration QUIET = Duration.ofSeconds(20);

    private final Inbox inbox;

    private TalkSocket(
            Function<PushSocket, Pushes.Watched> watch, Object first, Function<String, Object> answer, Inbox inbox) {
        super(watch, push -> talk(push, first, answer, inbox));
        this.inbox = inbox;
    }

    static TalkSocket of(Function<PushSocket, Pushes.Watched> watch, Object first, Function<String, Object> answer) {
        return new TalkSocket(watch, first, answer, new Inbox(new LinkedBlockingQueue<>(MAX_WAITING)));
    }

    /** What has come and is not answered yet; an empty entry only wakes. */
    private record Inbox(BlockingQueue<Optional<String>> messages) {}

    private static void talk(Push push, Object first, Function<String, Object> answer, Inbox inbox)
            throws IOException, InterruptedException {
        push.onEnd(() -> inbox.messages.offer(Optional.empty()));
        push.send(first);
        while (push.isOpen()) {
            Optional<String> message = inbox.messages.poll(QUIET.toSeconds(), TimeUnit.SECONDS);
            if (message == null) {
                push.keepAlive();
            } else if (message.isPresent() && push.isOpen()) {
                push.send(answer.apply(message.get()));
            }
        }
    }

    @Override
    public void onWebSocketText(String message) {
        if (!inbox.messages.offer(Optional.of(message))) {
            end();
        }
    }
}
