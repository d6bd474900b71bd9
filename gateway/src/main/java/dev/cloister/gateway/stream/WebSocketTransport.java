package dev.cloister.gateway.stream;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that somebody opened to this server, as a transport: Jetty's listener on one side, blocking calls on the
 * other. Text messages arrive as their UTF-8 bytes. A peer that stops reading or that gives no sign of life is
 * disconnected, so that neither holds anything of ours for long.
 */
public final class WebSocketTransport implements Session.Listener, Transport {
    /** How long one write may make no progress. */
    public static final Duration STALL = Duration.ofMinutes(2);

    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofSeconds(75);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration SHORT_FAREWELL = Duration.ofMillis(500);
    private static final int MAX_REASON_BYTES = 120;
    private static final long MAX_FRAME = 16 << 20;

    private final Consumer<WebSocketTransport> life;
    private final Duration stall;
    private final Arrivals arrivals = new Arrivals();
    private final Sending sending = new Sending();
    private final Object state = new Object();
    private volatile @Nullable Session session;
    private volatile long lastHeard = System.nanoTime();
    private boolean closed;
    private boolean gone;

    /**
     * A listener to hand to Jetty.
     *
     * @param life runs on a virtual thread of its own once the WebSocket is open; when it returns, the WebSocket closes
     */
    public WebSocketTransport(Consumer<WebSocketTransport> life) {
        this(life, STALL);
    }

    WebSocketTransport(Consumer<WebSocketTransport> life, Duration stall) {
        this.life = life;
        this.stall = stall;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        // A frame is handed on as its pieces arrive, so its size needs no memory.
        opened.setAutoFragment(true);
        opened.setMaxFrameSize(MAX_FRAME);
        lastHeard = System.nanoTime();
        arrivals.open(opened::demand);
        Thread.ofVirtual().name("websocket").start(this::live);
        Thread.ofVirtual().name("websocket-ping").start(this::ping);
    }

    private void live() {
        try {
            life.accept(this);
        } finally {
            close();
        }
    }

    @Override
    public void onWebSocketPartialBinary(ByteBuffer payload, boolean last, Callback callback) {
        lastHeard = System.nanoTime();
        arrivals.add(payload, callback);
    }

    @Override
    public void onWebSocketPartialText(String payload, boolean last) {
        lastHeard = System.nanoTime();
        arrivals.add(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        lastHeard = System.nanoTime();
        arrivals.nothing();
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        boolean orderly = status == 1000 || status == 1001 || status == 1005;
        depart(orderly ? null : new IOException("The WebSocket was closed with status " + status + "."));
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        depart(new IOException("The WebSocket failed: " + cause.getMessage(), cause));
    }

    private void depart(@Nullable IOException failure) {
        arrivals.end(failure);
        sending.fail(failure != null ? failure : new IOException("The WebSocket is closed."));
        synchronized (state) {
            gone = true;
            state.notifyAll();
        }
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        Session open = session;
        if (open == null) {
            throw new IOException("The WebSocket is not open.");
        }
        sending.begin();
        open.sendBinary(chunk, sending);
        if (!sending.await(stall)) {
            open.disconnect();
            throw new IOException("The peer read nothing for " + stall.toSeconds() + " seconds.");
        }
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return arrivals.take();
    }

    /** Closes with status 1000; what was written is still delivered. */
    @Override
    public void close() {
        close(1000, "", FAREWELL);
    }

    /**
     * Closes with a status and a reason that the peer sees, and cuts the connection if the peer does not answer at
     * once. The reason is cut at what a close frame holds.
     */
    public void cut(int status, String reason) {
        close(status, reason, SHORT_FAREWELL);
    }

    private void close(int status, String reason, Duration patience) {
        synchronized (state) {
            if (closed) {
                return;
            }
            closed = true;
        }
        arrivals.abandon();
        sending.fail(new IOException("The WebSocket is closed."));
        Session open = session;
        if (open != null) {
            open.close(status, bounded(reason), Callback.NOOP);
            Thread.ofVirtual().name("websocket-farewell").start(() -> farewell(open, patience));
        }
    }

    private static String bounded(String reason) {
        int end = Math.min(reason.length(), MAX_REASON_BYTES);
        while (reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            end--;
        }
        return reason.substring(0, end);
    }

    /** A peer that does not answer the close frame is cut off. */
    private void farewell(Session open, Duration patience) {
        if (!awaitGone(patience)) {
            open.disconnect();
        }
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
    private void ping() {
        while (!awaitGone(PING_INTERVAL)) {
            Session open = session;
            if (open == null || Thread.currentThread().isInterrupted()) {
                return;
            }
            if (arrivals.isHungry() && System.nanoTime() - lastHeard > SILENCE.toNanos()) {
                open.disconnect();
                return;
            }
            open.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }
}
