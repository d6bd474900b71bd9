package dev.cloister.tunnel.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Direct buffers of one size, a bounded number of them kept: connections that rest hold none. */
final class DirectBuffers {
    /** A multiplexed frame at its longest, with room for what goes before it. */
    static final int PAYLOAD = 64 * 1024 + 64;

    private static final int SIZE = PAYLOAD + Frames.LONGEST_HEADER;
    private static final int KEPT = 32;

    private static final ArrayDeque<ByteBuffer> FREE = new ArrayDeque<>();

    private DirectBuffers() {}

    /** An empty buffer: position zero, and all its room before the limit. */
    static ByteBuffer take() {
        synchronized (FREE) {
            var free = FREE.pollLast();
            if (free != null) {
                return free.clear();
            }
        }
        return ByteBuffer.allocateDirect(SIZE);
    }

    static void give(ByteBuffer buffer) {
        synchronized (FREE) {
            if (FREE.size() < KEPT) {
                FREE.addLast(buffer);
            }
        }
    }
}
