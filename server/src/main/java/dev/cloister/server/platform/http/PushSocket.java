package dev.cloister.server.platform.http;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.Push;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A WebSocket on which the server sends. A peer that stops reading is cut off; what it sends is ignored unless a subclass
 * takes it. Public because Jetty calls it by reflection.
 */
public class PushSocket extends Session.Listener.AbstractAutoDemanding implements Push, Pushes.Endable {
    /** After this a client must connect again and be judged again. */
    static final Duration LIFE = Duration.ofHours(1);

    private static final Duration SEND_LIMIT = Duration.ofSeconds(30);
    private static final int NORMAL = 1000;
    private static final int SERVICE_RESTART = 1012;
    private static final int FAULT = 1011;
    private static final Logger LOG = LoggerFactory.getLogger(PushSocket.class);

    private final Function<PushSocket, Pushes.Watched> watch;
    private final Source source;
    private final long deadline = System.nanoTime() + LIFE.toNanos();
    private volatile @Nullable Session session;
    private volatile Runnable wake = () -> {};
    private volatile boolean ended;

    PushSocket(Function<PushSocket, Pushes.Watched> watch, Source source) {
        this.watch = watch;
        this.source = source;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        super.onWebSocketOpen(opened);
        session = opened;
        Thread.ofVirtual().name("push").start(() -> run(opened));
    }

    private void run(Session opened) {
        try (var watched = watch.apply(this)) {
            source.run(this);
            close(opened, ended || System.nanoTime() >= deadline);
        } catch (InterruptedException e) {
            close(opened, ended);
        } catch (IOException e) {
            opened.disconnect();
        } catch (RuntimeException | Error e) {
            LOG.warn("a push connection failed", e);
            opened.close(FAULT, "an internal error occurred", Callback.NOOP);
        }
    }

    private static void close(Session opened, boolean cut) {
        opened.close(cut ? SERVICE_RESTART : NORMAL, cut ? "connect again" : "", Callback.NOOP);
    }

    @Override
    public void send(Object value) throws IOException {
        String text = ApiJson.mapper().writeValueAsString(value);
        await(Callback.Completable.with(done -> current().sendText(text, done)));
    }

    @Override
    public void keepAlive() throws IOException {
        await(Callback.Completable.with(done -> current().sendPing(ByteBuffer.allocate(0), done)));
    }

    private Session current() {
        Session now = session;
        if (now == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return now;
    }

    private static void await(Callback.Completable sent) throws IOException {
        try {
            sent.get(SEND_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the peer has gone", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the peer does not read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the connection ended", e);
        }
    }

    @Override
    public boolean isOpen() {
        return !ended && System.nanoTime() < deadline && current().isOpen();
    }

    @Override
    public void end() {
        ended = true;
        stop();
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        stop();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        stop();
    }

    @Override
    public void onEnd(Runnable toWake) {
        wake = toWake;
        if (!isOpen()) {
            toWake.run();
        }
    }

    private void stop() {
        wake.run();
    }
}
