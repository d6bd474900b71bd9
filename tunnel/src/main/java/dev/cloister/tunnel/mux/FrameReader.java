package dev.cloister.tunnel.mux;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the link's bytes apart and hands every frame to its stream. Payload is copied once, straight into the stream's
 * buffer, whatever the borders of chunks are. Nothing here waits.
 */
final class FrameReader {
    private final MuxSession session;
    private final ByteBuffer headerBytes = ByteBuffer.allocate(Header.SIZE);
    private final long largestFrame;

    private @Nullable MuxStream target;
    private boolean finishAfterPayload;
    private long payloadLeft;
    private volatile long chunks;

    FrameReader(MuxSession session, MuxSettings settings) {
        this.session = session;
        this.largestFrame = settings.receiveWindow();
    }

    /** Counts what has arrived: a change is a sign of life. */
    long chunks() {
        return chunks;
    }

    /** Takes all of it. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread at a time writes
    void received(ByteBuffer chunk) throws ProtocolViolation {
        chunks++;
        while (chunk.hasRemaining()) {
            take(chunk);
        }
    }

    /** The peer has ended the connection, which it may do between two frames only. */
    void ended() throws ProtocolViolation {
        if (payloadLeft > 0 || headerBytes.position() > 0) {
            throw new ProtocolViolation("the connection ended within a frame");
        }
    }

    private void take(ByteBuffer chunk) throws ProtocolViolation {
        if (payloadLeft > 0) {
            payload(chunk);
            return;
        }
        int count = Math.min(headerBytes.remaining(), chunk.remaining());
        headerBytes.put(chunk.slice(chunk.position(), count));
        chunk.position(chunk.position() + count);
        if (!headerBytes.hasRemaining()) {
            var header = Header.parse(headerBytes.flip());
            headerBytes.clear();
            frame(header);
        }
    }

    private void frame(Header header) throws ProtocolViolation {
        switch (header.type()) {
            case Header.PING -> ping(header);
            case Header.GO_AWAY -> session.peerGoesAway(header.length());
            case Header.DATA -> data(header);
            case Header.WINDOW_UPDATE -> windowUpdate(header);
            default -> throw new ProtocolViolation("a frame has the unknown type " + header.type());
        }
    }

    private void ping(Header header) throws ProtocolViolation {
        if (header.has(Header.SYN)) {
            session.writer().sessionFrame(Header.PING, Header.ACK, 0, header.length());
        } else {
            session.keepAlive().answered((int) header.length());
        }
    }

    private void windowUpdate(Header header) throws ProtocolViolation {
        var stream = stream(header);
        if (stream == null) {
            return;
        }
        stream.outbound().widen(header);
        if (header.has(Header.FIN)) {
            finish(stream);
        }
    }

    private void data(Header header) throws ProtocolViolation {
        // No stream of ours ever grants more, so a longer frame is wrong even when its stream is gone.
        if (header.length() > largestFrame) {
            throw new ProtocolViolation("a frame announces " + header.length() + " bytes");
        }
        target = stream(header);
        payloadLeft = header.length();
        finishAfterPayload = header.has(Header.FIN);
        if (target != null) {
            target.inbound().expect(header);
        }
        if (payloadLeft == 0) {
            endOfPayload();
        }
    }

    private void payload(ByteBuffer chunk) throws ProtocolViolation {
        int count = (int) Math.min(payloadLeft, chunk.remaining());
        if (target != null) {
            deliver(target, chunk.slice(chunk.position(), count));
        }
        chunk.position(chunk.position() + count);
        payloadLeft -= count;
        if (payloadLeft == 0) {
            endOfPayload();
        }
    }

    private void deliver(MuxStream stream, ByteBuffer part) {
        switch (stream.inbound().receive(part)) {
            case KEPT -> {}
            case UNWANTED -> {
                stream.abort("The stream was closed before the peer had finished.");
                target = null;
            }
            case OVER_BUDGET -> {
                stream.abort("The session holds too much unread data.");
                target = null;
            }
        }
    }

    private void endOfPayload() throws ProtocolViolation {
        if (finishAfterPayload && target != null) {
            finish(target);
        }
        target = null;
        finishAfterPayload = false;
    }

    private static void finish(MuxStream stream) throws ProtocolViolation {
        stream.inbound().finish();
        stream.removeIfFinished();
    }

    /** The frame's stream, after its flags SYN, ACK and RST have been obeyed; null when there is none (any more). */
    private @Nullable MuxStream stream(Header header) throws ProtocolViolation {
        if (header.has(Header.SYN) && !session.streams().offer(header)) {
            session.writer().sessionFrame(Header.WINDOW_UPDATE, Header.RST, header.stream(), 0);
        }
        var stream = session.streams().find(header.stream());
        if (stream == null) {
            return null;
        }
        if (header.has(Header.ACK)) {
            session.streams().answered(stream);
        }
        if (header.has(Header.RST)) {
            stream.resetByPeer();
            return null;
        }
        return stream;
    }
}
