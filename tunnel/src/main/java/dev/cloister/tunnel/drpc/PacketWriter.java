package dev.cloister.tunnel.drpc;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes packets of one stream, each with the next message number; large ones in frames of 64 KiB. */
final class PacketWriter {
    private static final int MAX_FRAME = 64 * 1024;

    private final OutputStream out;
    private final long stream;
    private long message = 1;

    PacketWriter(OutputStream out, long stream) {
        this.out = new BufferedOutputStream(out);
        this.stream = stream;
    }

    void put(int kind) throws IOException {
        put(kind, new byte[0]);
    }

    void put(int kind, byte[] data) throws IOException {
        int position = 0;
        boolean done;
        do {
            int count = Math.min(MAX_FRAME, data.length - position);
            done = position + count == data.length;
            out.write((kind << 1) | (done ? 1 : 0));
            varint(stream);
            varint(message);
            varint(count);
            out.write(data, position, count);
            position += count;
        } while (!done);
        message++;
    }

    /** Sends what was put since the last time, in one write when it is small. */
    void flush() throws IOException {
        out.flush();
    }

    private void varint(long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
