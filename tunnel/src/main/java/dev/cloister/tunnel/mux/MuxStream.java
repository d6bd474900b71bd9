package dev.cloister.tunnel.mux;

import dev.cloister.tunnel.EventStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/**
 * One stream of a {@link MuxSession}. Writing waits while the peer's window is full, reading while nothing has arrived;
 * neither affects other streams. When the session ends, writing fails at once, and reading fails after what had
 * arrived, unless the peer had finished the stream.
 */
public final class MuxStream implements EventStream {
    private final int id;
    private final MuxSession session;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Input input = new Input();
    private final Output output = new Output();
    private final Runnable control;
    private final Runnable data;

    /** Guarded by the {@link FrameWriter}. */
    boolean controlQueued;

    /** Guarded by the {@link FrameWriter}. */
    boolean dataQueued;

    /** Whether the peer has yet to accept this stream; guarded by the {@link StreamTable}. */
    boolean unanswered;

    /** Whether the user has closed this stream; guarded by the {@link StreamTable}. */
    boolean lingering;

    /** Nano time after which this stream is reset while either of the above; guarded by the {@link StreamTable}. */
    long deadline;

    MuxStream(int id, MuxSession session, Inbound inbound, Outbound outbound) {
        this.id = id;
        this.session = session;
        this.inbound = inbound;
        this.outbound = outbound;
        this.control = () -> session.writer().controlReady(this);
        this.data = () -> session.writer().dataReady(this);
    }

    /** The stream's number in its session, unsigned: odd when the session's client opened it, else even. */
    public int id() {
        return id;
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    /** How long a read waits before a {@link java.net.SocketTimeoutException}; zero, as at first, is for ever. */
    public void readTimeout(Duration timeout) {
        inbound.timeout(timeout.toNanos());
    }

    @Override
    public int readNow(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        return inbound.readNow(to, offset, length, control);
    }

    @Override
    public int writeNow(ByteBuffer from) throws IOException {
        return outbound.writeNow(from, data);
    }

    @Override
    public void onReadable(Runnable told) {
        inbound.listen(told);
    }

    @Override
    public void onWritable(Runnable told) {
        outbound.listen(told);
    }

    @Override
    public boolean isInputEnded() {
        return inbound.isEnded();
    }

    @Override
    public void closeOutput() {
        outbound.closeOutput();
        data.run();
    }

    @Override
    public void reset() {
        abort("The stream was reset.");
    }

    @Override
    public void close() {
        if (inbound.discard()) {
            reset();
        } else {
            closeOutput();
            session.streams().linger(this);
        }
    }

    /** Both ends are told that this stream is broken. */
    void abort(String reason) {
        var cause = new MuxException(reason);
        outbound.reset(cause);
        inbound.reset(cause);
        control.run();
        session.streams().remove(this);
    }

    void resetByPeer() {
        var cause = new MuxException("The peer reset the stream.");
        outbound.resetByPeer(cause);
        inbound.resetByPeer(cause);
        session.streams().remove(this);
    }

    void sessionEnded(IOException cause) {
        inbound.fail(cause);
        outbound.fail(cause);
    }

    /** Makes the peer hear of this stream, or of its acceptance, together with the larger window. */
    void announce(int flag) {
        inbound.openWindow();
        outbound.announce(flag);
        control.run();
    }

    void removeIfFinished() {
        if (inbound.isFinished() && outbound.isFinished()) {
            session.streams().remove(this);
        }
    }

    Inbound inbound() {
        return inbound;
    }

    Outbound outbound() {
        return outbound;
    }

    @Override
    public String toString() {
        return "stream " + Integer.toUnsignedString(id);
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, to.length);
            return inbound.read(to, offset, length, control);
        }

        @Override
        public int available() {
            return inbound.available();
        }

        @Override
        public void close() {
            MuxStream.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, from.length);
            outbound.write(from, offset, length, data);
        }

        @Override
        public void close() {
            closeOutput();
        }
    }
}
