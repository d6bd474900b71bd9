package dev.cloister.tunnel.mux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a stream: one chunk that fills while the session's writer sends the one before, and the flags
 * that await sending. A writer waits here for the peer's window or for room, and holds up nobody else.
 */
final class Outbound {
    private static final int SMALL = 2048;
    private static final byte[] NONE = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition writable = lock.newCondition();
    private final BlockPool pool;

    private long window = Header.INITIAL_WINDOW;
    private int openingFlag;
    /** Room for a header, then payload up to {@link #pendingEnd}. */
    private byte[] pending = NONE;

    private int pendingEnd = Header.SIZE;
    private boolean closing;
    private boolean resetting;
    private boolean opened;
    private volatile boolean finished;
    private @Nullable IOException failure;
    private volatile @Nullable Runnable listener;

    /** A frame's bytes: header room and payload, up to {@code end}. */
    record Chunk(byte[] bytes, int end) {
        int payload() {
            return end - Header.SIZE;
        }
    }

    Outbound(BlockPool pool) {
        this.pool = pool;
    }

    void announce(int flag) {
        lock.lock();
        try {
            openingFlag = flag;
        } finally {
            lock.unlock();
        }
    }

    /** Queues all bytes, waiting whenever the window or the chunk is full; {@code ready} wakes the session's writer. */
    void write(byte[] from, int offset, int length, Runnable ready) throws IOException {
        int position = offset;
        int end = offset + length;
        while (position < end) {
            lock.lock();
            try {
                int count = Math.min(awaitRoom(), end - position);
                append(from, position, count);
                window -= count;
                position += count;
            } finally {
                lock.unlock();
            }
            ready.run();
        }
    }

    /** Queues as much as there is room for now, and says how much that was. */
    int writeNow(ByteBuffer from, Runnable ready) throws IOException {
        int count;
        lock.lock();
        try {
            count = Math.min(room(), from.remaining());
            if (count > 0) {
                makeRoom(count);
                from.get(pending, pendingEnd, count);
                pendingEnd += count;
                window -= count;
            }
        } finally {
            lock.unlock();
        }
        if (count > 0) {
            ready.run();
        }
        return count;
    }

    /** Whoever is told that there may be room again, or that there will be none, does not wait. */
    void listen(Runnable told) {
        listener = told;
    }

    private void tell() {
        var told = listener;
        if (told != null) {
            told.run();
        }
    }

    private int room() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        if (closing) {
            throw new IOException("The stream's output is closed.");
        }
        return (int) Math.min(window, FrameWriter.MAX_PAYLOAD + Header.SIZE - pendingEnd);
    }

    private int awaitRoom() throws IOException {
        while (true) {
            int room = room();
            if (room > 0) {
                return room;
            }
            try {
                writable.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new InterruptedIOException("Interrupted while waiting to write.");
                stopped.initCause(e);
                throw stopped;
            }
        }
    }

    private void append(byte[] from, int offset, int count) {
        makeRoom(count);
        System.arraycopy(from, offset, pending, pendingEnd, count);
        pendingEnd += count;
    }

    private void makeRoom(int count) {
        if (pendingEnd + count > pending.length) {
            var larger = pendingEnd + count <= SMALL ? new byte[SMALL] : pool.take();
            if (pendingEnd > Header.SIZE) {
                System.arraycopy(pending, Header.SIZE, larger, Header.SIZE, pendingEnd - Header.SIZE);
            }
            pending = larger;
        }
    }

    /** Whether there is payload or an end to send. */
    boolean hasMore() {
        lock.lock();
        try {
            return pendingEnd > Header.SIZE || closing && !finished;
        } finally {
            lock.unlock();
        }
    }

    /** The payload to send now, or null; for the session's writer. */
    @Nullable
    Chunk takeChunk() {
        Chunk chunk;
        lock.lock();
        try {
            if (pendingEnd == Header.SIZE || resetting) {
                return null;
            }
            chunk = new Chunk(pending, pendingEnd);
            dropPending();
            writable.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
        return chunk;
    }

    /** Whether the time has come to send FIN: all written, output closed, not sent before. */
    boolean takeFinish() {
        lock.lock();
        try {
            if (!closing || finished || resetting || pendingEnd > Header.SIZE) {
                return false;
            }
            finished = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Puts the frame that opens, accepts, widens or resets the stream, if any is due. */
    void putControl(ByteBuffer batch, int id, long grant) {
        lock.lock();
        try {
            if (resetting) {
                if (opened) {
                    Header.put(batch, Header.WINDOW_UPDATE, Header.RST, id, 0);
                    opened = false;
                }
            } else if (openingFlag != 0 || grant > 0) {
                Header.put(batch, Header.WINDOW_UPDATE, openingFlag, id, (int) grant);
                openingFlag = 0;
                opened = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The peer knows of this stream already, since it opened it. */
    void openedByPeer() {
        lock.lock();
        try {
            opened = true;
        } finally {
            lock.unlock();
        }
    }

    void widen(Header header) throws ProtocolViolation {
        lock.lock();
        try {
            window += header.length();
            if (window > 0xffff_ffffL) {
                throw new ProtocolViolation("the send window of " + header.streamName() + " overflows");
            }
            writable.signalAll();
        } finally {
            lock.unlock();
        }
        if (header.length() > 0) {
            tell();
        }
    }

    void closeOutput() {
        lock.lock();
        try {
            closing = true;
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isFinished() {
        return finished;
    }

    /** Writes fail from now on; what is queued is still sent. */
    void fail(IOException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            writable.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** Writes fail from now on, what is queued is dropped, and RST is due if the peer knows of the stream. */
    void reset(IOException cause) {
        lock.lock();
        try {
            resetting = true;
            pool.give(pending);
            dropPending();
        } finally {
            lock.unlock();
        }
        fail(cause);
    }

    /** As {@link #reset}, but the peer needs no telling. */
    void resetByPeer(IOException cause) {
        lock.lock();
        try {
            opened = false;
        } finally {
            lock.unlock();
        }
        reset(cause);
    }

    private void dropPending() {
        pending = NONE;
        pendingEnd = Header.SIZE;
    }
}
