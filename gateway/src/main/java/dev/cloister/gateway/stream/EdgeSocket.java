package dev.cloister.gateway.stream;

import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.websocket.WebSocketLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that somebody opened to this server. Its bytes move on the web server's own threads, from one connection
 * to the other, without waiting. A peer that stops reading or that gives no sign of life is disconnected, so that neither
 * holds anything of ours for long.
 */
public final class EdgeSocket implements Link {
    /** How long one write may make no progress. */
    public static final Duration STALL = Duration.ofMinutes(2);

    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(75);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration SHORT_FAREWELL = Duration.ofMillis(500);

    private final Consumer<EdgeSocket> life;
    private final Duration stall;
    private final Object state = new Object();
    private volatile @Nullable WebSocketLink link;
    private volatile @Nullable OpenSockets all;
    private boolean gone;

    /** @param life runs on a virtual thread of its own once the WebSocket is open; when it returns, the WebSocket closes */
    public EdgeSocket(Consumer<EdgeSocket> life) {
        this(life, STALL);
    }

    EdgeSocket(Consumer<EdgeSocket> life, Duration stall) {
        this.life = life;
        this.stall = stall;
    }

    /** Answers the request that asks for this WebSocket; false, and nothing is answered, where it does not. */
    public boolean upgrade(Request request, Response response, Callback callback) {
        if (!Handshake.accept(request, response)) {
            return false;
        }
        var metaData = request.getConnectionMetaData();
        EndPoint endPoint = metaData.getConnection().getEndPoint();
        var upgraded = new SocketConnection(endPoint, metaData.getConnector().getExecutor(), this);
        all = OpenSockets.of(metaData.getConnector().getServer());
        link = upgraded.link();
        Handshake.hand(request, upgraded);
        callback.succeeded();
        return true;
    }

    void opened() {
        var others = all;
        if (others != null) {
            others.add(this);
        }
        Thread.ofVirtual().name("websocket").start(this::live);
        Thread.ofVirtual().name("websocket-watch").start(this::watch);
    }

    /** The connection is closed. */
    void gone() {
        var others = all;
        if (others != null) {
            others.remove(this);
        }
        synchronized (state) {
            gone = true;
            state.notifyAll();
        }
    }

    private void live() {
        try {
            life.accept(this);
        } finally {
            close();
        }
    }

    private WebSocketLink link() {
        return Objects.requireNonNull(link, "not upgraded");
    }

    @Override
    public void start(Receiver receiver) {
        link().start(receiver);
    }

    @Override
    public void resume() {
        link().resume();
    }

    @Override
    public boolean send(ByteBuffer chunk) throws IOException {
        return link().send(chunk);
    }

    /** Closes with status 1000; what was sent is still delivered. */
    @Override
    public void close() {
        link().close();
        farewell(FAREWELL);
    }

    /**
     * Closes with a status and a reason that the peer sees, and cuts the connection if the peer does not answer at
     * once. The reason is cut at what a close frame holds.
     */
    public void cut(int status, String reason) {
        link().close(status, reason);
        farewell(SHORT_FAREWELL);
    }

    /** A peer that does not answer the close frame is cut off. */
    private void farewell(Duration patience) {
        synchronized (state) {
            if (gone) {
                return;
            }
        }
        Thread.ofVirtual().name("websocket-farewell").start(() -> {
            if (!awaitGone(patience)) {
                disconnect(new IOException("The peer did not answer the farewell."));
            }
        });
    }

    private void disconnect(IOException why) {
        link().broken(why);
    }

    private boolean awaitGone(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (state) {
            try {
                for (long left = patience.toNanos(); !gone && left > 0; left = deadline - System.nanoTime()) {
                    state.wait(left / 1_000_000 + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return gone;
        }
    }

    /**
     * A ping keeps proxies on the way from closing an idle connection, and its answer tells a living peer from a dead
     * one. Silence counts only while we are reading: otherwise it is ours.
     */
    private void watch() {
        Duration step = stall.dividedBy(2).compareTo(PING_INTERVAL) < 0 ? stall.dividedBy(2) : PING_INTERVAL;
        long asked = System.nanoTime();
        while (!awaitGone(step) && !Thread.currentThread().isInterrupted()) {
            long now = System.nanoTime();
            if (link().stalledFor() > stall.toNanos()) {
                disconnect(new IOException("The peer read nothing for " + stall.toSeconds() + " seconds."));
            } else if (link().isListening() && now - link().heard() > SILENCE.toNanos()) {
                disconnect(new IOException("The peer gave no sign of life."));
            } else if (now - asked >= PING_INTERVAL.toNanos()) {
                asked = now;
                link().ping();
            }
        }
    }
}
