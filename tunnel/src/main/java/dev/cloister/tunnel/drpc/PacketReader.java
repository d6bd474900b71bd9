package dev.cloister.tunnel.drpc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Puts packets together from frames. Everything that the peer claims about sizes is checked before it costs memory. */
final class PacketReader {
    static final int MAX_PACKET = 4 << 20;
    private static final int DONE = 0x01;
    private static final int CONTROL = 0x80;
    private static final int MAX_VARINT_BYTES = 10;

    private final InputStream in;
    private long stream = 1;
    private long message;
    private int kind;
    private @Nullable ByteArrayOutputStream partial;

    PacketReader(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next packet, or null when the stream ends between packets. */
    @Nullable
    Packet read() throws IOException {
        while (true) {
            int control = in.read();
            if (control < 0) {
                if (partial != null) {
                    throw new EOFException("The stream ended within a packet.");
                }
                return null;
            }
            long frameStream = varint();
            long frameMessage = varint();
            long length = varint();
            if (length < 0 || length > MAX_PACKET) {
                throw new IOException(
                        "A frame of " + Long.toUnsignedString(length) + " bytes is more than " + MAX_PACKET + ".");
            }
            // A frame with the control bit is an extension that one may not know.
            if ((control & CONTROL) != 0) {
                exactly((int) length);
                continue;
            }
            var packet = frame(control, frameStream, frameMessage, (int) length);
            if (packet != null) {
                return packet;
            }
        }
    }

    private @Nullable Packet frame(int control, long frameStream, long frameMessage, int length) throws IOException {
        int frameKind = (control & 0x7e) >> 1;
        if (partial == null || frameStream != stream || frameMessage != message) {
            begin(frameKind, frameStream, frameMessage);
        } else if (frameKind != kind) {
            throw new IOException("A packet changes its kind from " + kind + " to " + frameKind + ".");
        }
        boolean done = (control & DONE) != 0;
        var before = partial;
        if (done && before == null) {
            return new Packet(kind, stream, message, exactly(length));
        }
        var gathered = before != null ? before : new ByteArrayOutputStream();
        if (gathered.size() + length > MAX_PACKET) {
            throw new IOException("A packet is larger than " + MAX_PACKET + " bytes.");
        }
        gathered.write(exactly(length));
        partial = done ? null : gathered;
        return done ? new Packet(kind, stream, message, gathered.toByteArray()) : null;
    }

    private void begin(int frameKind, long frameStream, long frameMessage) throws IOException {
        boolean later = Long.compareUnsigned(frameStream, stream) > 0
                || (frameStream == stream && Long.compareUnsigned(frameMessage, message) > 0);
        if (frameStream == 0 || frameMessage == 0 || !later) {
            throw new IOException("A packet's number does not follow the last one's.");
        }
        kind = frameKind;
        stream = frameStream;
        message = frameMessage;
        partial = null;
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The stream ended within a frame.");
        }
        return bytes;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The stream ended within a frame's head.");
            }
            value |= (long) (next & 0x7f) << (7 * i);
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IOException("A number in a frame's head is longer than ten bytes.");
    }
}
