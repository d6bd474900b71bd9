package dev.cloister.cli.websocket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The exclusive-or of RFC 6455 section 5.3 that a client must lay over everything it sends. */
final class Masking {
    private Masking() {}

    /** Masks the bytes of a big-endian buffer from one index to another, eight at a time. */
    static void apply(ByteBuffer buffer, int from, int to, int key) {
        assert buffer.order() == ByteOrder.BIG_ENDIAN;
        long wide = (key & 0xffff_ffffL) << 32 | key & 0xffff_ffffL;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            buffer.putLong(i, buffer.getLong(i) ^ wide);
        }
        for (int shift = 24; i < to; i++, shift -= 8) {
            buffer.put(i, (byte) (buffer.get(i) ^ key >>> shift));
            if (shift == 0) {
                shift = 32;
            }
        }
    }
}
