package dev.cloister.cli.websocket;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open WebSocket that carries bytes in binary messages, whose borders mean nothing. */
public final class StreamWebSocket implements Transport {
    private static final int NORMAL = 1000;
    private static final long PATIENCE_MILLIS = 200;
    private static final long LONGEST_CLOSE_MILLIS = 1000;

    private final Wire wire;
    private final FrameWriter writer;
    private final FrameReader reader;
    private final AtomicBoolean closed = new AtomicBoolean();

    StreamWebSocket(Wire wire, SecureRandom random, ByteBuffer input) {
        this.wire = wire;
        this.writer = new FrameWriter(wire, random);
        this.reader = new FrameReader(wire, writer, input);
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        writer.binary(chunk);
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return reader.next();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // A peer that takes nothing could hold up the good-bye, but not for longer than this.
        var limit = Thread.ofVirtual().name("websocket-close").start(this::cut);
        try {
            writer.close(NORMAL, PATIENCE_MILLIS);
        } catch (IOException broken) {
            // then there is nobody to say it to
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            limit.interrupt();
            release();
        }
    }

    private void cut() {
        try {
            Thread.sleep(LONGEST_CLOSE_MILLIS);
            release();
        } catch (InterruptedException closedInTime) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        try {
            wire.close();
        } catch (IOException alreadyBroken) {
            // closed is closed
        }
    }
}
