package dev.cloister.tunnel.mux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a stream: what has arrived, and how much more the peer may send. The session's reader fills it
 * and never waits; the stream's user empties it.
 */
final class Inbound {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readable = lock.newCondition();
    private final ReceiveBuffer buffer;
    private final Budget budget;
    private final int fullWindow;

    /** What the peer may still send, as granted; it may not know of all of it yet. */
    private long window = Header.INITIAL_WINDOW;
    /** Read by the user and not yet granted again. */
    private int consumed;
    /** Granted, and not yet written to the peer. */
    private long grant;

    private long timeoutNanos;
    private boolean discarding;
    private volatile boolean finished;
    private @Nullable IOException failure;
    private volatile @Nullable Runnable listener;

    Inbound(BlockPool pool, Budget budget, int fullWindow) {
        this.buffer = new ReceiveBuffer(pool);
        this.budget = budget;
        this.fullWindow = fullWindow;
    }

    /** Raises the window from what the protocol grants unasked to what the settings say. */
    void openWindow() {
        lock.lock();
        try {
            int more = fullWindow - Header.INITIAL_WINDOW;
            window += more;
            grant += more;
        } finally {
            lock.unlock();
        }
    }

    long takeGrant() {
        lock.lock();
        try {
            long taken = grant;
            grant = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** A data frame of this length begins. */
    void expect(Header header) throws ProtocolViolation {
        lock.lock();
        try {
            if (finished && header.length() > 0) {
                throw new ProtocolViolation("data on " + header.streamName() + " after its end");
            }
            if (header.length() > window) {
                throw new ProtocolViolation("a frame of " + header.length() + " bytes on " + header.streamName()
                        + " exceeds its receive window of " + window + " bytes");
            }
            window -= header.length();
        } finally {
            lock.unlock();
        }
    }

    enum Receipt {
        KEPT,
        UNWANTED,
        OVER_BUDGET
    }

    Receipt receive(ByteBuffer part) {
        lock.lock();
        try {
            if (failure != null || discarding) {
                return Receipt.UNWANTED;
            }
            if (!budget.take(part.remaining())) {
                return Receipt.OVER_BUDGET;
            }
            buffer.put(part);
            readable.signal();
        } finally {
            lock.unlock();
        }
        tell();
        return Receipt.KEPT;
    }

    /** Whoever is told does not wait. */
    void listen(Runnable told) {
        listener = told;
    }

    private void tell() {
        var told = listener;
        if (told != null) {
            told.run();
        }
    }

    /**
     * Reads what is there, or waits for the first byte.
     *
     * @param update called when the peer should be told of a larger window
     * @return the count, or -1 at the end
     */
    int read(byte[] to, int offset, int length, Runnable update) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        boolean announce;
        lock.lock();
        try {
            if (!awaitReadable()) {
                return -1;
            }
            count = buffer.take(to, offset, length);
            budget.give(count);
            announce = grantAgain(count);
        } finally {
            lock.unlock();
        }
        if (announce) {
            update.run();
        }
        return count;
    }

    /** As {@link #read}, or zero where it would wait. */
    int readNow(byte[] to, int offset, int length, Runnable update) throws IOException {
        int count;
        boolean announce;
        lock.lock();
        try {
            if (buffer.size() == 0) {
                refuseIfBroken();
                return finished ? -1 : 0;
            }
            count = buffer.take(to, offset, length);
            budget.give(count);
            announce = grantAgain(count);
        } finally {
            lock.unlock();
        }
        if (announce) {
            update.run();
        }
        return count;
    }

    private void refuseIfBroken() throws IOException {
        if (discarding) {
            throw new IOException("The stream is closed.");
        }
        if (!finished && failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** False at the end of the stream; a failure before the end is thrown once what arrived has been read. */
    private boolean awaitReadable() throws IOException {
        long left = timeoutNanos;
        while (buffer.size() == 0) {
            refuseIfBroken();
            if (finished) {
                return false;
            }
            try {
                if (timeoutNanos == 0) {
                    readable.await();
                } else if (left <= 0) {
                    throw new SocketTimeoutException(
                            "Nothing arrived within " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms.");
                } else {
                    left = readable.awaitNanos(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new InterruptedIOException("Interrupted while waiting for the peer.");
                stopped.initCause(e);
                throw stopped;
            }
        }
        return true;
    }

    private boolean grantAgain(int count) {
        consumed += count;
        if (finished || failure != null || consumed < fullWindow / 2) {
            return false;
        }
        window += consumed;
        grant += consumed;
        consumed = 0;
        return true;
    }

    int available() {
        lock.lock();
        try {
            return buffer.size();
        } finally {
            lock.unlock();
        }
    }

    void timeout(long nanos) {
        lock.lock();
        try {
            timeoutNanos = nanos;
        } finally {
            lock.unlock();
        }
    }

    /** The peer's end of the stream. */
    void finish() throws ProtocolViolation {
        lock.lock();
        try {
            if (finished) {
                throw new ProtocolViolation("a stream was finished twice");
            }
            finished = true;
            readable.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    boolean isFinished() {
        return finished;
    }

    /** Whether nothing more will come, for whatever reason. */
    boolean isEnded() {
        lock.lock();
        try {
            return finished || failure != null || discarding;
        } finally {
            lock.unlock();
        }
    }

    /** The user reads no more. Says whether the peer must be told, because it sent or may send more. */
    boolean discard() {
        lock.lock();
        try {
            boolean unread = buffer.size() > 0 && !finished;
            discarding = true;
            drop();
            readable.signalAll();
            return unread;
        } finally {
            lock.unlock();
            tell();
        }
    }

    /** The session ended: reads fail after what has arrived, unless the peer had finished. */
    void fail(IOException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            readable.signalAll();
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** The stream is broken: reads fail at once. A stream that the peer had finished is whole and stays readable. */
    void resetByPeer(IOException cause) {
        lock.lock();
        try {
            if (!finished) {
                drop();
            }
        } finally {
            lock.unlock();
        }
        fail(cause);
    }

    /** The stream is broken by our side: reads fail at once. */
    void reset(IOException cause) {
        lock.lock();
        try {
            finished = false;
            drop();
        } finally {
            lock.unlock();
        }
        fail(cause);
    }

    private void drop() {
        budget.give(buffer.size());
        buffer.clear();
    }
}
