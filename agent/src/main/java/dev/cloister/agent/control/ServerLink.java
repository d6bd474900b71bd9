package dev.cloister.agent.control;

import dev.cloister.tunnel.drpc.DrpcClient;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a session with the server: dials, greets, serves what the server opens, and dials again for ever. */
public final class ServerLink {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    /** A session shorter than this does not count as a success, or a server that fails at once would be hammered. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    // The heap of an agent is small: what peers may have in flight has to fit into a part of it.
    private static final MuxSettings SETTINGS = MuxSettings.defaults()
            .withMaxBuffered(16 << 20)
            .withStreams(128, 512)
            .withKeepAlive(Duration.ofSeconds(15), Duration.ofSeconds(10));

    private final Dialer dialer;
    private final Backoff backoff;
    private final Uplink uplink;
    private final Greeting greeting;
    private final Consumer<MuxStream> streams;

    /** What has to be said on every new session before anything else is. */
    @FunctionalInterface
    public interface Greeting {
        void say(DrpcClient server) throws IOException;
    }

    /** @param streams takes each stream that the server opens; must not block for long */
    public ServerLink(Dialer dialer, Backoff backoff, Uplink uplink, Greeting greeting, Consumer<MuxStream> streams) {
        this.dialer = dialer;
        this.backoff = backoff;
        this.uplink = uplink;
        this.greeting = greeting;
        this.streams = streams;
    }

    /** Runs until the thread is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            long start = System.nanoTime();
            attempt();
            if (System.nanoTime() - start > STABLE.toNanos()) {
                backoff.reset();
            }
            Thread.sleep(backoff.next());
        }
    }

    private void attempt() throws InterruptedException {
        try {
            serve(MuxSession.client(dialer.dial(), SETTINGS));
        } catch (WebSocketRefusedException e) {
            // The build that made this agent may not be committed yet, so even "unknown agent" is tried again.
            LOG.warn("the server refuses this agent with HTTP {}; trying again", e.status());
        } catch (IOException e) {
            LOG.info("no session with the server: {}; trying again", String.valueOf(e.getMessage()));
        }
    }

    private void serve(MuxSession session) throws IOException, InterruptedException {
        var ended = new CountDownLatch(1);
        session.onClose(ended::countDown);
        var client = new DrpcClient(session);
        try (session) {
            greeting.say(client);
            LOG.info("connected to the server");
            uplink.attach(client);
            Thread.ofVirtual().name("accept").start(() -> accept(session));
            ended.await();
            session.closeCause().ifPresent(cause -> LOG.info("the session ended: {}", cause.getMessage()));
        } finally {
            uplink.detach(client);
        }
    }

    private void accept(MuxSession session) {
        try {
            while (true) {
                streams.accept(session.accept());
            }
        } catch (IOException e) {
            LOG.debug("no more streams: {}", e.toString());
        }
    }
}
