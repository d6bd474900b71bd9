package dev.cloister.tunnel.websocket;

import dev.cloister.tunnel.Link;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a WebSocket (RFC 6455) on a connection that tells by events when it can be read and written. Messages
 * of either kind are bytes here, and their borders carry no meaning.
 */
public final class WebSocketLink implements Link {
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NO_STATUS = 1005;
    private static final int MAX_REASON_BYTES = 120;
    /** After so many buffers at once others get their turn. */
    private static final int MOST_AT_ONCE = 8;

    /** What the frames go over. */
    public interface Connection {
        /** Reads into the room after the position what is there; zero where nothing is, -1 at the end. */
        int fill(ByteBuffer into) throws IOException;

        /** Writes what it can at once, and says whether that was all. */
        boolean flush(ByteBuffer from) throws IOException;

        /** Writes the rest by and by, and then calls {@link WebSocketLink#flushed}. */
        void flushLater(ByteBuffer from);

        /** Calls {@link WebSocketLink#readable} once when something can be read. */
        void awaitReadable();

        /** Cuts the connection; harmless when repeated. */
        void close();
    }

    private final Connection connection;
    private final FrameOutput output;
    private final FrameParser parser;
    private final FrameParser.Target target = new Frame();
    private volatile @Nullable Receiver receiver;
    private volatile long heard = System.nanoTime();

    /** The buffer that is being read, and the rest of it while the receiver has to be waited for. */
    private @Nullable ByteBuffer input;
    /** Guarded by this: nobody reads since the receiver has left something, or has not begun. */
    private boolean parked = true;
    /** Guarded by this: {@link #resume} was called since the receiver was called last. */
    private boolean resumed;
    /** Guarded by this: our farewell is said or is being said. */
    private boolean closed;
    /** Guarded by this: the receiver has been told, if there was one. */
    private boolean ended;

    private @Nullable IOException endCause;
    /** Bytes that come now are nobody's. */
    private volatile boolean discarding;

    private volatile boolean over;

    private WebSocketLink(Connection connection, boolean server, @Nullable Random mask) {
        this.connection = connection;
        this.output = new FrameOutput(connection, this::drained, mask);
        this.parser = new FrameParser(server);
    }

    /** The side that was connected to. */
    public static WebSocketLink server(Connection connection) {
        return new WebSocketLink(connection, true, null);
    }

    /** The side that has connected; {@code random} makes keys that nobody can foresee (RFC 6455, 10.3). */
    public static WebSocketLink client(Connection connection, Random random) {
        return new WebSocketLink(connection, false, random);
    }

    /** Bytes that were read with the upgrade, before {@link #start}. */
    public void early(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            input = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }
    }

    @Override
    public void start(Receiver told) {
        boolean late;
        synchronized (this) {
            receiver = told;
            late = ended;
        }
        if (late) {
            told.ended(endCause);
        } else {
            resume();
        }
    }

    @Override
    public void resume() {
        synchronized (this) {
            resumed = true;
            if (!parked || (receiver == null && !discarding)) {
                return;
            }
            parked = false;
        }
        read();
    }

    /** The connection can be read. */
    public void readable() {
        read();
    }

    private void read() {
        try {
            if (!parse()) {
                return;
            }
            for (int turn = 0; turn < MOST_AT_ONCE; turn++) {
                var buffer = DirectBuffers.take();
                input = buffer;
                int count = connection.fill(buffer);
                buffer.flip();
                if (count < 0) {
                    throw new EOFException("The connection broke.");
                }
                if (count == 0) {
                    break;
                }
                heard = System.nanoTime();
                boolean full = count == buffer.capacity();
                if (!parse()) {
                    return;
                }
                if (!full) {
                    break; // that was all, or asking again costs as much as being told
                }
            }
            release();
            connection.awaitReadable();
        } catch (ProtocolException e) {
            end(e);
            close(PROTOCOL_ERROR, String.valueOf(e.getMessage()));
            broken(e);
        } catch (IOException e) {
            broken(e);
        } catch (RuntimeException e) {
            broken(new IOException("The WebSocket failed.", e));
        }
    }

    /** True when everything that was read is parsed; false where nobody is to read on. */
    private boolean parse() throws ProtocolException {
        var buffer = input;
        while (buffer != null) {
            synchronized (this) {
                resumed = false;
            }
            boolean all = parser.parse(buffer, target);
            if (over) {
                input = null;
                return false;
            }
            if (all) {
                break;
            }
            synchronized (this) {
                if (!resumed) {
                    parked = true;
                    return false;
                }
            }
        }
        release();
        return true;
    }

    private void release() {
        var buffer = input;
        input = null;
        if (buffer != null && buffer.isDirect()) {
            DirectBuffers.give(buffer);
        }
    }

    private final class Frame implements FrameParser.Target {
        @Override
        public void data(ByteBuffer payload) {
            var told = receiver;
            if (discarding || told == null) {
                payload.position(payload.limit());
            } else {
                told.received(payload);
            }
        }

        @Override
        public void control(int opcode, ByteBuffer payload) throws ProtocolException {
            if (opcode == Frames.CLOSE) {
                peerCloses(payload);
            } else if (opcode == Frames.PING) {
                reply(Frames.PONG, payload);
            }
        }
    }

    private void reply(int opcode, ByteBuffer payload) {
        try {
            output.control(opcode, payload);
        } catch (IOException _) {
            // whoever reads or sends sees the end too
        }
    }

    private void peerCloses(ByteBuffer payload) throws ProtocolException {
        if (payload.remaining() == 1) {
            throw new ProtocolException("A close frame has half a status.");
        }
        int status = payload.hasRemaining() ? payload.getShort() & 0xffff : NO_STATUS;
        // First, since the connection may be closed as soon as the answer has gone, which is no failure then.
        end(
                status == NORMAL || status == GOING_AWAY || status == NO_STATUS
                        ? null
                        : new IOException("The WebSocket was closed with status " + status + ": "
                                + StandardCharsets.UTF_8.decode(payload)));
        over = true;
        close(NORMAL, "");
        closeIfDone();
    }

    /** What was given to {@link Connection#flushLater} is written. */
    public void flushed(ByteBuffer frame) {
        try {
            output.flushed(frame);
        } catch (IOException e) {
            broken(e);
        }
    }

    private void drained(boolean owed) {
        closeIfDone();
        var told = receiver;
        if (owed && told != null) {
            told.writable();
        }
    }

    /** Both have said good-bye. */
    private void closeIfDone() {
        if (over && output.isDone()) {
            connection.close();
        }
    }

    /** The connection has ended, or is of no more use. */
    public void broken(IOException cause) {
        over = true;
        output.fail(cause);
        end(cause);
        connection.close();
        var told = receiver;
        if (told != null) {
            told.writable(); // who waits to send hears of it when sending
        }
    }

    private void end(@Nullable IOException cause) {
        @Nullable Receiver told;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            endCause = cause;
            told = receiver;
        }
        if (told != null) {
            told.ended(cause);
        }
    }

    @Override
    public boolean send(ByteBuffer chunk) throws IOException {
        return output.data(chunk);
    }

    /** Asks the peer for a sign of life. */
    public void ping() {
        reply(Frames.PING, ByteBuffer.allocate(0));
    }

    /** When something came last, on the clock of {@link System#nanoTime}. */
    public long heard() {
        return heard;
    }

    /** Whether the peer could be heard now if it said something. */
    public synchronized boolean isListening() {
        return !parked;
    }

    /** How long the peer has taken nothing of what was sent to it, in nanoseconds. */
    public long stalledFor() {
        return output.stalledFor();
    }

    @Override
    public void close() {
        close(NORMAL, "");
    }

    /**
     * Says good-bye, after what was sent. The receiver is told of the end, and gets nothing more; the connection itself
     * closes when the peer has answered, or when somebody has waited long enough for that.
     */
    public void close(int status, String reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        var words = bounded(reason).getBytes(StandardCharsets.UTF_8);
        reply(
                Frames.CLOSE,
                ByteBuffer.allocate(Short.BYTES + words.length)
                        .putShort((short) status)
                        .put(words)
                        .flip());
        if (!over) {
            discarding = true;
            end(new IOException("The WebSocket is closed."));
            resume(); // for the peer's answer
        }
    }

    /** The reason as far as a close frame has room for it. */
    private static String bounded(String reason) {
        int end = Math.min(reason.length(), MAX_REASON_BYTES);
        while (reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            end--;
        }
        return reason.substring(0, end);
    }
}
