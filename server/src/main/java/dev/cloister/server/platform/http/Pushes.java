package dev.cloister.server.platform.http;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections on which the server only sends: WebSockets and server-sent events. They end when the credential that
 * opened them ends, when the rights of its holder change, and after an hour in any case; clients connect again and are
 * judged again.
 */
public final class Pushes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    private static final BooleanSupplier ALWAYS = () -> true;
    private static final Watched NOTHING = () -> {};

    private final Events events;
    private final Set<Endable> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Pushes(Events events) {
        this.events = events;
    }

    /** A WebSocket that sends what {@code source} pushes, one text message for each value. */
    public Session.Listener socket(Request request, Push.Source source) {
        return socket(request, ALWAYS, source);
    }

    /**
     * The same, about a workspace.
     *
     * @param stillMay whether the caller may still see what is pushed, asked whenever a workspace is shared or no longer
     */
    public Session.Listener socket(Request request, BooleanSupplier stillMay, Push.Source source) {
        return new PushSocket(socket -> watch(request.caller(), stillMay, socket), source);
    }

    /**
     * A WebSocket on which each text of the peer is answered by one value.
     *
     * @param first what is sent before anything was asked
     */
    public Session.Listener talk(Request request, Object first, Function<String, Object> answer) {
        return TalkSocket.of(socket -> watch(request.caller(), ALWAYS, socket), first, answer);
    }

    /** An answer of server-sent events (HTML standard, 9.2). */
    public Response serverSentEvents(Request request, Push.Source source) {
        return serverSentEvents(request, ALWAYS, source);
    }

    /** The same, about a workspace. */
    public Response serverSentEvents(Request request, BooleanSupplier stillMay, Push.Source source) {
        return Response.stream(200, "text/event-stream", out -> {
            var push = new SentEvents(out);
            try (var watched = watch(request.caller(), stillMay, push)) {
                source.run(push);
            }
        });
    }

    private Watched watch(Caller caller, BooleanSupplier stillMay, Endable end) {
        open.add(end);
        if (closed) {
            end.end();
        }
        if (!(caller instanceof Caller.User user)) {
            return () -> open.remove(end);
        }
        var credential = watch(Topics.CREDENTIAL_ENDED, user.credentialId(), end);
        var person = watch(Topics.USER_CHANGED, user.subject().id().toString(), end);
        var sharing = stillMay == ALWAYS ? NOTHING : watchSharing(stillMay, end);
        return () -> {
            open.remove(end);
            credential.close();
            person.close();
            sharing.close();
        };
    }

    /** A right that cannot be confirmed is none. */
    private Watched watchSharing(BooleanSupplier stillMay, Endable end) {
        var subscription = events.subscribe(
                Topics.WORKSPACE_SHARED,
                ignored -> Thread.ofVirtual().name("push-review").start(() -> {
                    try {
                        if (stillMay.getAsBoolean()) {
                            return;
                        }
                    } catch (RuntimeException e) {
                        LOG.debug("a push connection ends: its right could not be confirmed", e);
                    }
                    end.end();
                }));
        return subscription::close;
    }

    private Events.Subscription watch(String topic, String id, Endable end) {
        return events.subscribe(topic, payload -> {
            if (payload.equals(id) || payload.equals(Events.RESYNCHRONIZE)) {
                LOG.debug("a push connection ends: {}", topic);
                end.end();
            }
        });
    }

    /** Ends all connections: the server shuts down. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Endable::end);
    }

    /** Stops watching when closed. */
    interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    /** Something that ends when its caller's rights do. */
    interface Endable {
        void end();
    }

    private static final class SentEvents implements Push, Endable {
        private final OutputStream out;
        private final long deadline = System.nanoTime() + PushSocket.LIFE.toNanos();
        private volatile Runnable wake = () -> {};
        private volatile boolean open = true;

        SentEvents(OutputStream out) {
            this.out = out;
        }

        @Override
        public void send(Object value) throws IOException {
            write("event: data\ndata: " + ApiJson.mapper().writeValueAsString(value) + "\n\n");
        }

        @Override
        public void keepAlive() throws IOException {
            write("event: ping\n\n");
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public boolean isOpen() {
            return open && System.nanoTime() < deadline;
        }

        @Override
        public void end() {
            open = false;
            wake.run();
        }

        @Override
        public void onEnd(Runnable toWake) {
            wake = toWake;
            if (!open) {
                toWake.run();
            }
        }
    }
}
