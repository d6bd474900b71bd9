package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Makes pipes whose end on our side does not block. */
final class Pipes {
    private static final int CLOEXEC = 0x80000;
    private static final int SET_STATUS_FLAGS = 4;
    private static final int SET_PIPE_SIZE = 1031;
    private static final int NON_BLOCKING = 0x800;
    private static final int CAPACITY = 256 * 1024;

    private static final MethodHandle PIPE = Libc.withErrno("pipe2", Libc.intOf(Libc.POINTER, Libc.INT));
    private static final MethodHandle CONTROL =
            Libc.withErrno("fcntl", Libc.intOf(Libc.INT, Libc.INT, Libc.INT), Linker.Option.firstVariadicArg(2));

    record Pipe(int readEnd, int writeEnd) {
        void close() {
            Descriptor.closeNumber(readEnd);
            Descriptor.closeNumber(writeEnd);
        }
    }

    private Pipes() {}

    static Pipe open() throws IOException {
        var state = Libc.state();
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(JAVA_INT, 2);
            int result;
            try {
                result = (int) PIPE.invokeExact(state, ends, CLOEXEC);
            } catch (Throwable e) {
                throw Libc.unexpected(e);
            }
            if (result != 0) {
                throw new IOException("pipe2 failed, errno " + Libc.errno(state));
            }
            return new Pipe(ends.getAtIndex(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
        }
    }

    /** The flag belongs to this end alone: the process on the other end still sees a blocking pipe. */
    static void unblock(int end) throws IOException {
        if (control(end, SET_STATUS_FLAGS, NON_BLOCKING) != 0) {
            throw new IOException("a pipe could not be made non-blocking");
        }
        // Refused when the user's share of pipe memory is used up: then it stays at its usual size.
        int _ = control(end, SET_PIPE_SIZE, CAPACITY);
    }

    private static int control(int end, int command, int argument) {
        try {
            return (int) CONTROL.invokeExact(Libc.state(), end, command, argument);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
