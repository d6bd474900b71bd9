package dev.cloister.tunnel.websocket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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
        var bytes = frame.duplicate().order(ByteOrder.nativeOrder());
        int turned = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(key) : key;
        long wide = (long) turned << 32 | turned & 0xffff_ffffL;
        int at = from;
        int limit = bytes.limit();
        for (; at + Long.BYTES <= limit; at += Long.BYTES) {
            bytes.putLong(at, bytes.getLong(at) ^ wide);
        }
        for (int i = 0; at < limit; at++, i++) {
            bytes.put(at, (byte) (bytes.get(at) ^ key >> 24 - 8 * (i % 4)));
        }
    }
}
