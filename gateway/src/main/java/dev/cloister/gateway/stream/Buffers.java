package dev.cloister.gateway.stream;

import java.util.ArrayDeque;

/** Arrays that are used for a moment, a bounded number of them kept. */
final class Buffers {
    private static final int SIZE = 64 * 1024;
    private static final int KEPT = 32;

    private static final ArrayDeque<byte[]> FREE = new ArrayDeque<>();

    private Buffers() {}

    static byte[] take() {
        synchronized (FREE) {
            byte[] free = FREE.pollLast();
            if (free != null) {
                return free;
            }
        }
        return new byte[SIZE];
    }

    static void give(byte[] buffer) {
        synchronized (FREE) {
            if (FREE.size() < KEPT) {
                FREE.addLast(buffer);
            }
        }
    }
}
