package dev.cloister.tunnel.websocket;

import java.nio.ByteBuffer;

/** Numbers of RFC 6455, 5.2, and the mask of 5.3. */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int FINAL = 0x80;
    static final int RESERVED = 0x70;
    static final int OPCODE = 0x0f;
    static final int MASKED = 0x80;
    static final int LENGTH = 0x7f;
    static final int LENGTH_16 = 126;
    static final int LENGTH_64 = 127;
    static final int LONGEST_CONTROL = 125;
    static final int LONGEST_HEADER = 14;

    private Frames() {}

    /** Lays {@code key} over the bytes from the index {@code from} to the limit, eight at a time. */
    static void mask(ByteBuffer frame, int from, int key) {
        long wide = (long) key << 32 | key & 0xffff_ffffL;
        int at = from;
        for (; at + Long.BYTES <= frame.limit(); at += Long.BYTES) {
            frame.putLong(at, frame.getLong(at) ^ wide);
        }
        for (int i = 0; at < frame.limit(); at++, i++) {
            frame.put(at, (byte) (frame.get(at) ^ key >> 24 - 8 * (i % 4)));
        }
    }
}
