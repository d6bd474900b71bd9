package dev.cloister.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Two transports joined in memory, for two ends that live in one process. Each direction holds a few chunks; a writer
 * that is further ahead waits.
 */
public final class LoopbackTransport implements Transport {
    private static final int CHUNKS_IN_FLIGHT = 4;

    private final Direction incoming;
    private final Direction outgoing;

    /** Both ends of a new connection. */
    public record Pair(LoopbackTransport left, LoopbackTransport right) {}

    private LoopbackTransport(Direction incoming, Direction outgoing) {
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    public static Pair pair() {
        var there = new Direction();
        var back = new Direction();
        return new Pair(new LoopbackTransport(back, there), new LoopbackTransport(there, back));
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        outgoing.put(chunk);
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return incoming.take();
    }

    /** The peer reads what was already written, and then the end. */
    @Override
    public void close() {
        outgoing.end();
        incoming.abandon();
    }

    private static final class Direction {
        private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
        private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>();
        private @Nullable ByteBuffer lent;
        private boolean ended;
        private boolean abandoned;

        synchronized void put(ByteBuffer chunk) throws IOException {
            while (chunks.size() >= CHUNKS_IN_FLIGHT && !ended && !abandoned) {
                pause();
            }
            if (ended || abandoned) {
                throw new IOException("The connection is closed.");
            }
            var reusable = spare.poll();
            var copy = reusable != null && reusable.capacity() >= chunk.remaining()
                    ? reusable.clear()
                    : ByteBuffer.allocate(chunk.remaining());
            chunks.add(copy.put(chunk).flip());
            notifyAll();
        }

        synchronized @Nullable ByteBuffer take() throws IOException {
            if (lent != null && spare.size() < CHUNKS_IN_FLIGHT) {
                spare.add(lent);
            }
            lent = null;
            while (chunks.isEmpty() && !ended && !abandoned) {
                pause();
            }
            if (abandoned) {
                throw new IOException("The connection is closed.");
            }
            lent = chunks.poll();
            notifyAll();
            return lent;
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }

        synchronized void abandon() {
            abandoned = true;
            notifyAll();
        }

        private void pause() throws IOException {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while waiting for the peer.", e);
            }
        }
    }
}
