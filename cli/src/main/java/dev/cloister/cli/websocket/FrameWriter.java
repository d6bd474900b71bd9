package dev.cloister.cli.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes masked frames, header and payload in one go. */
final class FrameWriter {
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PONG = 10;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int PAYLOAD = 64 << 10;
    private static final int MAX_HEADER = 14;
    private static final int SHORT = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final Wire wire;
    private final ByteBuffer frame;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();

    FrameWriter(Wire wire, SecureRandom random) {
        this.wire = wire;
        this.random = random;
        this.frame = wire.buffer(MAX_HEADER + PAYLOAD);
    }

    /** Sends what remains in the chunk, as one frame or several. */
    void binary(ByteBuffer chunk) throws IOException {
        lock.lock();
        try {
            while (chunk.hasRemaining()) {
                int size = Math.min(PAYLOAD, chunk.remaining());
                var part = chunk.slice(chunk.position(), size);
                write(BINARY, part);
                chunk.position(chunk.position() + size);
            }
        } finally {
            lock.unlock();
        }
    }

    void pong(ByteBuffer payload) throws IOException {
        lock.lock();
        try {
            write(PONG, payload);
        } finally {
            lock.unlock();
        }
    }

    /** Says good-bye, unless something else is just being sent and does not get through. */
    void close(int status, long patienceMillis) throws IOException, InterruptedException {
        if (lock.tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
            try {
                write(
                        CLOSE,
                        ByteBuffer.allocate(Short.BYTES)
                                .putShort((short) status)
                                .flip());
            } finally {
                lock.unlock();
            }
        }
    }

    private void write(int opcode, ByteBuffer payload) throws IOException {
        int size = payload.remaining();
        int key = random.nextInt();
        frame.clear();
        frame.put((byte) (FINAL | opcode));
        if (size <= SHORT) {
            frame.put((byte) (MASKED | size));
        } else if (size <= 0xffff) {
            frame.put((byte) (MASKED | LENGTH_16)).putShort((short) size);
        } else {
            frame.put((byte) (MASKED | LENGTH_64)).putLong(size);
        }
        frame.putInt(key);
        int start = frame.position();
        frame.put(payload);
        Masking.apply(frame, start, frame.position(), key);
        wire.write(frame.flip());
    }
}
