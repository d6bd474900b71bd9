package dev.cloister.tunnel.mux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Bytes received and not yet read, in blocks from a pool, so that memory follows what is held and not what was once
 * held. Guarded by its stream's lock.
 */
final class ReceiveBuffer {
    private final BlockPool pool;
    private final ArrayDeque<byte[]> blocks = new ArrayDeque<>();
    private int readPosition;
    private int writePosition;
    private int size;

    ReceiveBuffer(BlockPool pool) {
        this.pool = pool;
    }

    int size() {
        return size;
    }

    void put(ByteBuffer from) {
        while (from.hasRemaining()) {
            if (blocks.isEmpty() || writePosition == pool.blockSize()) {
                blocks.addLast(pool.take());
                writePosition = 0;
            }
            int count = Math.min(from.remaining(), pool.blockSize() - writePosition);
            from.get(blocks.getLast(), writePosition, count);
            writePosition += count;
            size += count;
        }
    }

    /** Moves up to {@code length} bytes out and says how many. */
    int take(byte[] to, int offset, int length) {
        int taken = 0;
        while (taken < length && size > 0) {
            int end = blocks.size() == 1 ? writePosition : pool.blockSize();
            int count = Math.min(length - taken, end - readPosition);
            System.arraycopy(blocks.getFirst(), readPosition, to, offset + taken, count);
            readPosition += count;
            taken += count;
            size -= count;
            if (readPosition == end) {
                pool.give(blocks.removeFirst());
                readPosition = 0;
            }
        }
        return taken;
    }

    void clear() {
        blocks.forEach(pool::give);
        blocks.clear();
        readPosition = 0;
        size = 0;
    }
}
