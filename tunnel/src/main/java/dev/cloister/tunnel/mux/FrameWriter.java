package dev.cloister.tunnel.mux;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The only one that writes to the transport. Streams queue themselves, once each, when they have something to send, and
 * are served in turn, at most one chunk per turn; frames that open, widen and reset go before data. So the queues are
 * no longer than the number of streams, no stream holds up another, and nobody who queues ever waits here.
 */
final class FrameWriter {
    static final int MAX_PAYLOAD = 64 * 1024;
    private static final int BATCH = 4096;
    private static final int MOST_SESSION_FRAMES = 1024;

    private final Transport transport;
    private final BlockPool pool;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final ArrayDeque<Header> sessionFrames = new ArrayDeque<>();
    private final ArrayDeque<MuxStream> control = new ArrayDeque<>();
    private final ArrayDeque<MuxStream> data = new ArrayDeque<>();
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH);
    private boolean ending;
    private boolean flushing;
    private int goAwayCode;

    FrameWriter(Transport transport, BlockPool pool) {
        this.transport = transport;
        this.pool = pool;
    }

    /** Queues a frame of the session itself. A peer that makes us queue many and reads none is refused. */
    void sessionFrame(int type, int flags, int stream, long length) throws ProtocolViolation {
        lock.lock();
        try {
            if (sessionFrames.size() >= MOST_SESSION_FRAMES) {
                throw new ProtocolViolation("the peer asks for many answers and reads none");
            }
            sessionFrames.add(new Header(type, flags, stream, length));
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    void controlReady(MuxStream stream) {
        lock.lock();
        try {
            if (!stream.controlQueued && !ending) {
                stream.controlQueued = true;
                control.add(stream);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void dataReady(MuxStream stream) {
        lock.lock();
        try {
            if (!stream.dataQueued && !ending) {
                stream.dataQueued = true;
                data.add(stream);
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes {@link #run} return after a last frame, and before it what is queued if {@code flush}. */
    void end(int code, boolean flush) {
        lock.lock();
        try {
            ending = true;
            flushing = flush;
            goAwayCode = code;
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Writes until {@link #end}. */
    void run() throws IOException {
        while (awaitWork()) {
            fill();
            send();
        }
        batch.clear();
        Header.put(batch, Header.GO_AWAY, 0, 0, goAwayCode);
        send();
    }

    private boolean awaitWork() {
        lock.lock();
        try {
            while (true) {
                if (ending && !flushing) {
                    return false;
                }
                if (!sessionFrames.isEmpty() || !control.isEmpty() || !data.isEmpty()) {
                    return true;
                }
                if (ending) {
                    return false;
                }
                work.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fill() throws IOException {
        while (batch.remaining() >= 2 * Header.SIZE) {
            var frame = nextSessionFrame();
            if (frame != null) {
                Header.put(batch, frame.type(), frame.flags(), frame.stream(), (int) frame.length());
                continue;
            }
            var opened = nextControl();
            if (opened != null) {
                opened.outbound()
                        .putControl(batch, opened.id(), opened.inbound().takeGrant());
                continue;
            }
            var stream = nextData();
            if (stream == null) {
                return;
            }
            putData(stream);
        }
    }

    private void putData(MuxStream stream) throws IOException {
        var chunk = stream.outbound().takeChunk();
        if (chunk != null) {
            var frame = ByteBuffer.wrap(chunk.bytes(), 0, chunk.end());
            Header.put(frame, Header.DATA, 0, stream.id(), chunk.payload());
            frame.rewind();
            // Small frames share a chunk; a large one goes as it stands, without a copy.
            if (chunk.end() <= batch.remaining() - Header.SIZE) {
                batch.put(frame);
            } else {
                send();
                transport.write(frame);
            }
            pool.give(chunk.bytes());
        }
        if (stream.outbound().takeFinish()) {
            Header.put(batch, Header.WINDOW_UPDATE, Header.FIN, stream.id(), 0);
            stream.removeIfFinished();
        }
    }

    private void send() throws IOException {
        if (batch.position() > 0) {
            transport.write(batch.flip());
            batch.clear();
        }
    }

    private @Nullable Header nextSessionFrame() {
        lock.lock();
        try {
            return sessionFrames.poll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MuxStream nextControl() {
        lock.lock();
        try {
            var stream = control.poll();
            if (stream != null) {
                stream.controlQueued = false;
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MuxStream nextData() {
        lock.lock();
        try {
            var stream = data.poll();
            if (stream != null) {
                stream.dataQueued = false;
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }
}
