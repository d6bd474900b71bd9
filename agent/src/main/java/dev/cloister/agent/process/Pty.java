package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The controlling side of a pseudo-terminal (pty(7)). Closing it hangs up the session on the other side. */
public final class Pty implements Closeable {
    private static final int READ_WRITE = 2;
    private static final int NO_CONTROLLING_TERMINAL = 0x100;
    private static final int NON_BLOCKING = 0x800;
    private static final int CLOEXEC = 0x80000;
    private static final int DUPLICATE_CLOEXEC = 1030;
    private static final long SET_WINDOW_SIZE = 0x5414;
    private static final int LONGEST_NAME = 64;

    private static final MethodHandle OPEN = Libc.withErrno("posix_openpt", Libc.intOf(Libc.INT));
    private static final MethodHandle GRANT = Libc.withErrno("grantpt", Libc.intOf(Libc.INT));
    private static final MethodHandle UNLOCK = Libc.withErrno("unlockpt", Libc.intOf(Libc.INT));
    private static final MethodHandle NAME = Libc.withErrno("ptsname_r", Libc.intOf(Libc.INT, Libc.POINTER, Libc.LONG));
    private static final MethodHandle CONTROL =
            Libc.withErrno("ioctl", Libc.intOf(Libc.INT, Libc.LONG, Libc.POINTER), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle DUPLICATE =
            Libc.withErrno("fcntl", Libc.intOf(Libc.INT, Libc.INT, Libc.INT), Linker.Option.firstVariadicArg(2));

    private final String path;
    private final Descriptor reading;
    private final Descriptor writing;

    private Pty(String path, Descriptor reading, Descriptor writing) {
        this.path = path;
        this.reading = reading;
        this.writing = writing;
    }

    /** @throws IOException if the system has no terminal to give */
    public static Pty open(TerminalSize size) throws IOException {
        int controller = call(OPEN, READ_WRITE | NO_CONTROLLING_TERMINAL | NON_BLOCKING | CLOEXEC, "posix_openpt");
        try {
            call(GRANT, controller, "grantpt");
            call(UNLOCK, controller, "unlockpt");
            var path = name(controller);
            // Two descriptors for one terminal: a reader and a writer wait independently of each other.
            int second = duplicate(controller);
            var pty = new Pty(path, Descriptor.forReading(controller), Descriptor.forWriting(second));
            pty.resize(size);
            return pty;
        } catch (IOException e) {
            Descriptor.closeNumber(controller);
            throw e;
        }
    }

    /** Where the process side is, like {@code /dev/pts/3}. */
    public String path() {
        return path;
    }

    public InputStream output() {
        return new DescriptorInput(reading);
    }

    public OutputStream input() {
        return new DescriptorOutput(writing);
    }

    /** Tells the terminal its size; the foreground processes get SIGWINCH if it changed. */
    public void resize(TerminalSize size) throws IOException {
        synchronized (writing) {
            int number = writing.number();
            try (var arena = Arena.ofConfined()) {
                var window = arena.allocate(4 * JAVA_SHORT.byteSize(), 2);
                window.setAtIndex(JAVA_SHORT, 0, (short) size.rows());
                window.setAtIndex(JAVA_SHORT, 1, (short) size.columns());
                control(number, SET_WINDOW_SIZE, window);
            }
        }
    }

    /** Settings of the line discipline, to be changed under {@link LineDiscipline}. */
    void configure(LineDiscipline discipline) throws IOException {
        synchronized (writing) {
            discipline.applyTo(writing.number());
        }
    }

    @Override
    public void close() {
        writing.close();
        reading.close();
    }

    private static int call(MethodHandle function, int argument, String name) throws IOException {
        var state = Libc.state();
        int result;
        try {
            result = (int) function.invokeExact(state, argument);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
        if (result < 0) {
            throw new IOException(name + " failed, errno " + Libc.errno(state));
        }
        return result;
    }

    private static int duplicate(int number) throws IOException {
        int second;
        try {
            second = (int) DUPLICATE.invokeExact(Libc.state(), number, DUPLICATE_CLOEXEC, 3);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
        if (second < 0) {
            throw new IOException("a terminal's descriptor could not be duplicated");
        }
        return second;
    }

    private static String name(int controller) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(LONGEST_NAME);
            int result;
            try {
                result = (int) NAME.invokeExact(Libc.state(), controller, buffer, (long) LONGEST_NAME);
            } catch (Throwable e) {
                throw Libc.unexpected(e);
            }
            if (result != 0) {
                throw new IOException("the terminal has no name");
            }
            return buffer.getString(0);
        }
    }

    private static void control(int number, long request, MemorySegment argument) throws IOException {
        var state = Libc.state();
        int result;
        try {
            result = (int) CONTROL.invokeExact(state, number, request, argument);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
        if (result < 0) {
            throw new IOException("the terminal's size could not be set, errno " + Libc.errno(state));
        }
    }
}
