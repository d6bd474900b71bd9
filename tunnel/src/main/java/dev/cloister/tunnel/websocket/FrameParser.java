package dev.cloister.tunnel.websocket;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Takes apart the frames of one side of a WebSocket (RFC 6455, 5.2) as their bytes come, whatever pieces these are. */
final class FrameParser {
    private static final long LONGEST = 16 << 20;

    /** What is found. */
    interface Target {
        /** Some of a message's bytes; what is left in the buffer is offered again at the next call. */
        void data(ByteBuffer payload);

        /** Neither divided nor longer than 125 bytes. */
        void control(int opcode, ByteBuffer payload) throws ProtocolException;
    }

    private final boolean masked;
    private final byte[] head = new byte[Frames.LONGEST_HEADER];
    private int headLength;
    private int opcode;
    private long left;
    private boolean inMessage;
    private int key;
    private @Nullable ByteBuffer control;
    private @Nullable ByteBuffer unread;

    /** @param masked whether the other side is a client, whose frames are masked: others are refused */
    FrameParser(boolean masked) {
        this.masked = masked;
    }

    /**
     * Takes bytes until there are no more.
     *
     * @return false where the target has left something, in which case the rest of {@code input} is to be kept
     */
    boolean parse(ByteBuffer input, Target target) throws ProtocolException {
        if (unread != null && !offer(unread, target)) {
            return false;
        }
        while (input.hasRemaining()) {
            if (left == 0) {
                if (!header(input)) {
                    return true;
                }
                if (left > 0 || control == null) {
                    continue;
                }
            }
            if (control != null) {
                control(input, control, target);
            } else if (!offer(take(input), target)) {
                return false;
            }
        }
        return true;
    }

    private boolean offer(ByteBuffer payload, Target target) {
        target.data(payload);
        unread = payload.hasRemaining() ? payload : null;
        return unread == null;
    }

    /** Forgets what the target has left. */
    void drop() {
        unread = null;
    }

    /** The next part of the payload, as it lies in the input, without its mask. */
    private ByteBuffer take(ByteBuffer input) {
        int count = (int) Math.min(left, input.remaining());
        var part = input.slice(input.position(), count);
        input.position(input.position() + count);
        left -= count;
        if (key != 0) {
            Frames.mask(part, 0, key);
            key = Integer.rotateLeft(key, 8 * (count % Integer.BYTES));
        }
        return part;
    }

    private void control(ByteBuffer input, ByteBuffer whole, Target target) throws ProtocolException {
        if (left > 0) {
            whole.put(take(input));
        }
        if (left == 0) {
            control = null;
            target.control(opcode, whole.flip());
        }
    }

    /** False where more bytes are needed. */
    private boolean header(ByteBuffer input) throws ProtocolException {
        while (headLength < wanted()) {
            if (!input.hasRemaining()) {
                return false;
            }
            head[headLength++] = input.get();
            if (headLength == 2) {
                check();
            }
        }
        begin(ByteBuffer.wrap(head, 2, headLength - 2));
        headLength = 0;
        return true;
    }

    private int wanted() {
        if (headLength < 2) {
            return 2;
        }
        int more = switch (head[1] & Frames.LENGTH) {
            case Frames.LENGTH_16 -> Short.BYTES;
            case Frames.LENGTH_64 -> Long.BYTES;
            default -> 0;
        };
        return 2 + more + (masked ? Integer.BYTES : 0);
    }

    private void check() throws ProtocolException {
        if ((head[0] & Frames.RESERVED) != 0) {
            throw new ProtocolException("A frame uses an extension.");
        }
        if (((head[1] & Frames.MASKED) != 0) != masked) {
            throw new ProtocolException(masked ? "A frame is not masked." : "A frame is masked.");
        }
        boolean last = (head[0] & Frames.FINAL) != 0;
        int kind = head[0] & Frames.OPCODE;
        switch (kind) {
            case Frames.CONTINUATION, Frames.TEXT, Frames.BINARY -> {
                if ((kind == Frames.CONTINUATION) != inMessage) {
                    throw new ProtocolException("A message is divided in a wrong way.");
                }
                inMessage = !last;
            }
            case Frames.CLOSE, Frames.PING, Frames.PONG -> {
                if (!last || (head[1] & Frames.LENGTH) > Frames.LONGEST_CONTROL) {
                    throw new ProtocolException("A control frame is divided or too long.");
                }
                control = ByteBuffer.allocate(head[1] & Frames.LENGTH);
            }
            default -> throw new ProtocolException("A frame is of the unknown kind " + kind + ".");
        }
        opcode = kind;
    }

    private void begin(ByteBuffer rest) throws ProtocolException {
        int said = head[1] & Frames.LENGTH;
        left = switch (said) {
            case Frames.LENGTH_16 -> rest.getShort() & 0xffff;
            case Frames.LENGTH_64 -> rest.getLong();
            default -> said;
        };
        if (left < 0 || left > LONGEST) {
            throw new ProtocolException("A frame is too long.");
        }
        key = masked ? rest.getInt() : 0;
    }
}
