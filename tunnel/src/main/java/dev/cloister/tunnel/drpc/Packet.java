package dev.cloister.tunnel.drpc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A whole packet, put together from its frames.
 *
 * @param kind one of the constants, or a number that a later version of the protocol has added
 */
record Packet(int kind, long stream, long message, byte[] data) {
    static final int INVOKE = 1;
    static final int MESSAGE = 2;
    static final int ERROR = 3;
    static final int CANCEL = 4;
    static final int CLOSE = 5;
    static final int CLOSE_SEND = 6;
    static final int INVOKE_METADATA = 7;

    /** Content of an error packet. */
    static byte[] error(long code, String text) {
        var message = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + message.length)
                .putLong(code)
                .put(message)
                .array();
    }

    DrpcException asException() {
        var content = ByteBuffer.wrap(data);
        long code = content.remaining() >= Long.BYTES ? content.getLong() : 0;
        return new DrpcException(code, StandardCharsets.UTF_8.decode(content).toString());
    }

    String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
