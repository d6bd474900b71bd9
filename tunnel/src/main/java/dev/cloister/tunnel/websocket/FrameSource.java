package dev.cloister.tunnel.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a server's frames and gives the payload of messages of one kind where it lies, however it was divided. */
final class FrameSource {
    private static final int CAPACITY = 256 * 1024;
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int NO_STATUS = 1005;

    private final Wire wire;
    private final FrameSink sink;
    private final ByteBuffer input;
    private final int kind;
    private volatile long heard = System.nanoTime();
    private long left;
    private boolean inMessage;
    private boolean ended;

    /**
     * @param input what was read from the wire already
     * @param kind of messages that are expected: binary or text
     */
    FrameSource(Wire wire, FrameSink sink, ByteBuffer input, int kind) {
        this.wire = wire;
        this.sink = sink;
        this.input = input;
        this.kind = kind;
    }

    /** Whether what {@link #next} has given last was the end of its message. */
    boolean betweenMessages() {
        return left == 0 && !inMessage;
    }

    /** When the last bytes came, whatever they were, on the clock of {@link System#nanoTime}. */
    long heard() {
        return heard;
    }

    /** An empty buffer for what comes from the wire. */
    static ByteBuffer newInput(Wire wire) {
        return wire.buffer(CAPACITY).limit(0);
    }

    /** Some payload, valid until the next call; null when the server has closed in an orderly way. */
    @Nullable
    ByteBuffer next() throws IOException {
        while (!ended) {
            if (left == 0) {
                header();
            } else if (input.hasRemaining()) {
                return take((int) Math.min(left, input.remaining()));
            } else {
                need(1);
            }
        }
        return null;
    }

    private ByteBuffer take(int count) {
        var part = input.slice(input.position(), count);
        input.position(input.position() + count);
        left -= count;
        return part;
    }

    private void header() throws IOException {
        need(2);
        int first = input.get() & 0xff;
        int second = input.get() & 0xff;
        if ((first & Frames.RESERVED) != 0 || (second & Frames.MASKED) != 0) {
            throw new ProtocolException("The server sent a frame that is masked or uses an extension.");
        }
        boolean last = (first & Frames.FINAL) != 0;
        long length = length(second & Frames.LENGTH);
        int opcode = first & Frames.OPCODE;
        switch (opcode) {
            case Frames.BINARY, Frames.TEXT, Frames.CONTINUATION -> message(opcode, last, length);
            case Frames.CLOSE, Frames.PING, Frames.PONG -> control(opcode, last, length);
            default -> throw new ProtocolException("The server sent a frame of unknown kind " + opcode + ".");
        }
    }

    private long length(int said) throws IOException {
        if (said < Frames.LENGTH_16) {
            return said;
        }
        need(said == Frames.LENGTH_16 ? Short.BYTES : Long.BYTES);
        long length = said == Frames.LENGTH_16 ? input.getShort() & 0xffff : input.getLong();
        if (length < 0) {
            throw new ProtocolException("The server sent a frame of impossible length.");
        }
        return length;
    }

    private void message(int opcode, boolean last, long length) throws ProtocolException {
        if (opcode != Frames.CONTINUATION && opcode != kind) {
            throw new ProtocolException(
                    "The server sent a " + (opcode == Frames.TEXT ? "text" : "binary") + " message.");
        }
        if ((opcode == Frames.CONTINUATION) != inMessage) {
            throw new ProtocolException("The server divided a message in a wrong way.");
        }
        inMessage = !last;
        left = length;
    }

    private void control(int opcode, boolean last, long length) throws IOException {
        if (!last || length > Frames.LONGEST_CONTROL) {
            throw new ProtocolException("The server sent a control frame that is divided or too long.");
        }
        need((int) length);
        left = length;
        var payload = take((int) length);
        if (opcode == Frames.CLOSE) {
            close(payload);
        } else if (opcode == Frames.PING) {
            sink.control(Frames.PONG, payload);
        }
    }

    private void close(ByteBuffer payload) throws IOException {
        ended = true;
        int status = payload.remaining() < Short.BYTES ? NO_STATUS : payload.getShort() & 0xffff;
        if (status != NORMAL && status != GOING_AWAY && status != NO_STATUS) {
            var reason = StandardCharsets.UTF_8.decode(payload).toString();
            throw new IOException("The server closed the connection with status " + status + ": " + reason);
        }
    }

    /** Waits until so many bytes are there, which are never more than a small part of the buffer. */
    private void need(int count) throws IOException {
        if (input.remaining() >= count) {
            return;
        }
        input.compact();
        try {
            while (input.position() < count) {
                if (wire.read(input) < 0) {
                    throw new EOFException("The connection broke.");
                }
                heard = System.nanoTime();
            }
        } finally {
            input.flip();
        }
    }
}
