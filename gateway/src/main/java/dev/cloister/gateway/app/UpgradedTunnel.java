package dev.cloister.gateway.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * A browser's connection after it was switched to WebSocket: bytes go to the app and back as they are. Both ends speak
 * the protocol with each other; this one only carries it.
 */
final class UpgradedTunnel extends AbstractConnection implements Connection.UpgradeTo {
    private static final int SMALL = 4 * 1024;
    private static final int LARGE = 32 * 1024;
    private static final long IDLE_MILLIS = 30 * 60 * 1000L;

    private final AppConnection app;
    private final AppVisit visit;
    private @Nullable ByteBuffer early;

    UpgradedTunnel(EndPoint endPoint, Executor executor, AppConnection app, AppVisit visit) {
        super(endPoint, executor);
        this.app = app;
        this.visit = visit;
    }

    @Override
    public void onUpgradeTo(ByteBuffer alreadyRead) {
        early = BufferUtil.copy(alreadyRead);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        getEndPoint().setIdleTimeout(IDLE_MILLIS);
        Thread.ofVirtual().name("app-websocket-up").start(this::up);
        Thread.ofVirtual().name("app-websocket-down").start(this::down);
    }

    @Override
    public void onFillable() {
        // reading blocks in up() and has a callback of its own
    }

    private void up() {
        try {
            if (early != null && early.hasRemaining()) {
                app.output().write(BufferUtil.toArray(early));
            }
            ByteBuffer buffer = BufferUtil.allocate(SMALL);
            while (fill(buffer) >= 0) {
                int count = buffer.remaining();
                app.output().write(buffer.array(), buffer.arrayOffset() + buffer.position(), count);
                buffer = isFull(count, buffer.capacity()) ? BufferUtil.allocate(LARGE) : buffer;
                BufferUtil.clear(buffer);
            }
            app.stream().closeOutput();
        } catch (IOException e) {
            end();
        }
    }

    private static boolean isFull(int count, int capacity) {
        return count == capacity && capacity < LARGE;
    }

    /** Blocks until at least a byte has come, or the end. */
    private int fill(ByteBuffer buffer) throws IOException {
        while (true) {
            int count = getEndPoint().fill(buffer);
            if (count != 0) {
                return count;
            }
            try (Blocker.Callback readable = Blocker.callback()) {
                getEndPoint().fillInterested(readable);
                readable.block();
            }
        }
    }

    private void down() {
        try (InputStream in = app.rawInput()) {
            byte[] buffer = new byte[SMALL];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                try (Blocker.Callback written = Blocker.callback()) {
                    getEndPoint().write(written, ByteBuffer.wrap(buffer, 0, count));
                    written.block();
                }
                buffer = isFull(count, buffer.length) ? new byte[LARGE] : buffer;
            }
        } catch (IOException e) {
            // either side is gone: both end
        } finally {
            end();
        }
    }

    private void end() {
        visit.discard(app);
        close();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        visit.discard(app);
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        end();
        return true;
    }
}
