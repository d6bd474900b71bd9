package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * One direction of a pipe or pseudo-terminal, as a file descriptor of our own. Calls never block in the kernel: a thread
 * that has to wait parks on the {@link Poller}, and {@link #close} wakes it.
 */
final class Descriptor implements Closeable {
    private static final MethodHandle READ = Libc.withErrno("read", Libc.longOf(Libc.INT, Libc.POINTER, Libc.LONG));
    private static final MethodHandle WRITE = Libc.withErrno("write", Libc.longOf(Libc.INT, Libc.POINTER, Libc.LONG));
    private static final MethodHandle CLOSE = Libc.withErrno("close", Libc.intOf(Libc.INT));
    private static final int CHUNK = 32 * 1024;

    private final int number;
    private final Poller.Registration readiness;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment chunk = arena.allocate(CHUNK);
    private boolean closed;

    private Descriptor(int number, Poller.Registration readiness) {
        this.number = number;
        this.readiness = readiness;
    }

    /** Takes over {@code number}, which must be in non-blocking mode. */
    static Descriptor forReading(int number) throws IOException {
        return new Descriptor(number, Poller.instance().register(number, Poller.READABLE));
    }

    static Descriptor forWriting(int number) throws IOException {
        return new Descriptor(number, Poller.instance().register(number, Poller.WRITABLE));
    }

    /** Reads at least one byte; -1 at the end, after {@link #close}, and when a terminal's last process is gone. */
    int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            long count = tryRead(into, offset, Math.min(length, CHUNK));
            if (count > 0) {
                return (int) count;
            }
            // A terminal whose other side is closed answers EIO: that is its end of file.
            if (count == 0 || count == -Libc.EIO) {
                return -1;
            }
            if (count != -Libc.EAGAIN && count != -Libc.EINTR) {
                throw new IOException("read failed, errno " + -count);
            }
            if (count == -Libc.EAGAIN) {
                readiness.await();
            }
        }
    }

    /** Writes everything, waiting as long as the reader needs. */
    void write(byte[] from, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            long count = tryWrite(from, offset + done, Math.min(length - done, CHUNK));
            if (count >= 0) {
                done += (int) count;
            } else if (count == -Libc.EAGAIN) {
                readiness.await();
            } else if (count != -Libc.EINTR) {
                throw new IOException("write failed, errno " + -count);
            }
        }
    }

    private synchronized long tryRead(byte[] into, int offset, int length) {
        if (closed) {
            return 0;
        }
        var state = Libc.state();
        try {
            long count = (long) READ.invokeExact(state, number, chunk, (long) length);
            if (count < 0) {
                return -Libc.errno(state);
            }
            MemorySegment.copy(chunk, JAVA_BYTE, 0, into, offset, (int) count);
            return count;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private synchronized long tryWrite(byte[] from, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the descriptor is closed");
        }
        var state = Libc.state();
        try {
            MemorySegment.copy(from, offset, chunk, JAVA_BYTE, 0, length);
            long count = (long) WRITE.invokeExact(state, number, chunk, (long) length);
            return count < 0 ? -Libc.errno(state) : count;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /** The number itself, for calls other than reading and writing; only while not closed. */
    synchronized int number() throws IOException {
        if (closed) {
            throw new IOException("the descriptor is closed");
        }
        return number;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        readiness.end();
        closeNumber(number);
        arena.close();
    }

    static void closeNumber(int number) {
        try {
            int _ = (int) CLOSE.invokeExact(Libc.state(), number);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
