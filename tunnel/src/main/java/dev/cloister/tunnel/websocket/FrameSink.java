package dev.cloister.tunnel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Writes a client's frames: whole messages, masked, header and payload together. Safe for several threads. */
final class FrameSink {
    private static final int PAYLOAD = 64 * 1024;

    private final Wire wire;
    private final SecureRandom random;
    private final ByteBuffer frame;
    private final ReentrantLock turn = new ReentrantLock();

    FrameSink(Wire wire, SecureRandom random) {
        this.wire = wire;
        this.random = random;
        this.frame = wire.buffer(Frames.LONGEST_HEADER + PAYLOAD);
    }

    /** Sends what remains in {@code chunk}, in as many messages as it takes. */
    void binary(ByteBuffer chunk) throws IOException {
        turn.lock();
        try {
            int end = chunk.limit();
            while (chunk.position() < end) {
                chunk.limit(Math.min(end, chunk.position() + PAYLOAD));
                send(Frames.BINARY, chunk);
            }
        } finally {
            turn.unlock();
        }
    }

    void control(int opcode, ByteBuffer payload) throws IOException {
        turn.lock();
        try {
            send(opcode, payload);
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #control}, or nothing if something else takes longer than {@code patience} to be sent. */
    void controlSoon(int opcode, ByteBuffer payload, Duration patience) throws IOException, InterruptedException {
        if (turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                send(opcode, payload);
            } finally {
                turn.unlock();
            }
        }
    }

    private void send(int opcode, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        int key = random.nextInt();
        frame.clear().put((byte) (Frames.FINAL | opcode));
        if (length < Frames.LENGTH_16) {
            frame.put((byte) (Frames.MASKED | length));
        } else if (length < 1 << Short.SIZE) {
            frame.put((byte) (Frames.MASKED | Frames.LENGTH_16)).putShort((short) length);
        } else {
            frame.put((byte) (Frames.MASKED | Frames.LENGTH_64)).putLong(length);
        }
        frame.putInt(key);
        int start = frame.position();
        frame.put(payload).flip();
        Frames.mask(frame, start, key);
        wire.write(frame);
    }
}
