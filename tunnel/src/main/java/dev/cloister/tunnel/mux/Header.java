package dev.cloister.tunnel.mux;

import java.nio.ByteBuffer;

/** The twelve bytes before every frame: version, type, flags, stream, length; big-endian. */
record Header(int type, int flags, int stream, long length) {
    static final int SIZE = 12;
    static final int INITIAL_WINDOW = 256 * 1024;

    static final int DATA = 0;
    static final int WINDOW_UPDATE = 1;
    static final int PING = 2;
    static final int GO_AWAY = 3;

    static final int SYN = 1;
    static final int ACK = 2;
    static final int FIN = 4;
    static final int RST = 8;

    static final int NORMAL = 0;
    static final int PROTOCOL_ERROR = 1;
    static final int INTERNAL_ERROR = 2;

    /** Reads a header from a buffer that holds a whole one. */
    static Header parse(ByteBuffer from) throws ProtocolViolation {
        int version = from.get() & 0xff;
        int type = from.get() & 0xff;
        int flags = from.getShort() & 0xffff;
        int stream = from.getInt();
        long length = from.getInt() & 0xffff_ffffL;
        if (version != 0) {
            throw new ProtocolViolation("a frame has protocol version " + version + ", only 0 is known");
        }
        if (type > GO_AWAY) {
            throw new ProtocolViolation("a frame has the unknown type " + type);
        }
        return new Header(type, flags, stream, length);
    }

    static void put(ByteBuffer to, int type, int flags, int stream, int length) {
        to.put((byte) 0).put((byte) type).putShort((short) flags).putInt(stream).putInt(length);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    String streamName() {
        return "stream " + Integer.toUnsignedString(stream);
    }
}
