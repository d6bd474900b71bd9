package dev.cloister.tunnel.websocket;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WebSocket on a socket of its own. */
final class SocketWebSocket implements Transport {
    private static final short NORMAL = 1000;
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Wire wire;
    private final FrameSink sink;
    private final FrameSource source;
    private final AtomicBoolean closed = new AtomicBoolean();

    SocketWebSocket(Wire wire, SecureRandom random, ByteBuffer input, int kind) {
        this.wire = wire;
        this.sink = new FrameSink(wire, random);
        this.source = new FrameSource(wire, sink, input, kind);
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        sink.binary(chunk);
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return source.next();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // A peer that takes nothing must not hold up the end: the wire is cut whether or not good-bye was said.
        var limit = Thread.ofVirtual().name("websocket-end").start(() -> {
            try {
                Thread.sleep(FAREWELL);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                cut();
            }
        });
        try {
            sink.controlSoon(
                    Frames.CLOSE,
                    ByteBuffer.allocate(Short.BYTES).putShort(NORMAL).flip(),
                    PATIENCE);
        } catch (IOException _) {
            // Then there is nobody to say it to.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            limit.interrupt();
        }
    }

    FrameSource source() {
        return source;
    }

    /** Asks the server for a sign of life, unless something else is just being sent. */
    void ping() throws IOException, InterruptedException {
        sink.controlSoon(Frames.PING, ByteBuffer.allocate(0), PATIENCE);
    }

    void cut() {
        try {
            wire.close();
        } catch (IOException _) {
            // Broken is as good as closed.
        }
    }
}
