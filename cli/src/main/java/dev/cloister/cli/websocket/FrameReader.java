package dev.cloister.cli.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads frames, and hands their payload on where it lies. */
final class FrameReader {
    private static final int CAPACITY = 256 << 10;
    private static final int RESERVED_BITS = 0x70;
    private static final int OPCODE_BITS = 0x0f;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int SHORT = 125;
    private static final int LENGTH_BITS = 0x7f;
    private static final int LENGTH_16 = 126;
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;

    private final Wire wire;
    private final FrameWriter writer;
    private final ByteBuffer input;
    private long payloadLeft;
    private boolean ended;

    /** @param input what was read already, ready to be read from */
    FrameReader(Wire wire, FrameWriter writer, ByteBuffer input) {
        this.wire = wire;
        this.writer = writer;
        this.input = input;
    }

    /** A buffer for the wire to be read into. */
    static ByteBuffer buffer(Wire wire) {
        return wire.buffer(CAPACITY);
    }

    /** Some payload of binary messages, valid until the next call, or null when the peer has closed in order. */
    @Nullable
    ByteBuffer next() throws IOException {
        while (!ended) {
            if (payloadLeft == 0) {
                header();
            } else if (input.hasRemaining()) {
                int size = (int) Math.min(payloadLeft, input.remaining());
                var part = input.slice(input.position(), size);
                input.position(input.position() + size);
                payloadLeft -= size;
                return part;
            } else {
                need(1);
            }
        }
        return null;
    }

    private void header() throws IOException {
        need(2);
        int first = input.get();
        int second = input.get();
        if ((first & RESERVED_BITS) != 0 || (second & MASKED) != 0) {
            throw new ProtocolException("The server sent a frame that no client may accept.");
        }
        int opcode = first & OPCODE_BITS;
        long size = second & LENGTH_BITS;
        if (size == LENGTH_16) {
            need(Short.BYTES);
            size = input.getShort() & 0xffff;
        } else if (size > LENGTH_16) {
            need(Long.BYTES);
            size = input.getLong();
        }
        switch (opcode) {
            case 0, FrameWriter.BINARY -> payload(size);
            case FrameWriter.CLOSE, 9, FrameWriter.PONG -> control(opcode, size, (first & FINAL) != 0);
            default -> throw new ProtocolException("The server sent something else than binary messages.");
        }
    }

    private void payload(long size) throws IOException {
        if (size < 0) {
            throw new ProtocolException("The server sent a frame of an impossible size.");
        }
        payloadLeft = size;
    }

    private void control(int opcode, long size, boolean whole) throws IOException {
        if (size < 0 || size > SHORT || !whole) {
            throw new ProtocolException("The server sent a control frame that is too long.");
        }
        need((int) size);
        var body = input.slice(input.position(), (int) size);
        input.position(input.position() + (int) size);
        if (opcode == FrameWriter.CLOSE) {
            close(body);
        } else if (opcode != FrameWriter.PONG) {
            writer.pong(body);
        }
    }

    private void close(ByteBuffer body) throws IOException {
        ended = true;
        int status = body.remaining() < Short.BYTES ? NORMAL : body.getShort() & 0xffff;
        if (status != NORMAL && status != GOING_AWAY) {
            var reason = StandardCharsets.UTF_8.decode(body).toString();
            throw new IOException("The server closed the connection"
                    + (reason.isBlank() ? " with status " + status + "." : ": " + reason));
        }
    }

    /** Sees to it that so many bytes are there, which are never more than a small part of the buffer. */
    private void need(int count) throws IOException {
        if (input.remaining() >= count) {
            return;
        }
        input.compact();
        while (input.position() < count) {
            if (wire.read(input) < 0) {
                input.flip();
                throw new EOFException("The connection to the server broke.");
            }
        }
        input.flip();
    }
}
