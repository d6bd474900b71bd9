package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Waiting for children and signalling them. */
final class ProcessCalls {
    private static final long PIDFD_OPEN = 434;

    private static final MethodHandle WAIT = Libc.withErrno("waitpid", Libc.intOf(Libc.INT, Libc.POINTER, Libc.INT));
    private static final MethodHandle KILL = Libc.withErrno("kill", Libc.intOf(Libc.INT, Libc.INT));
    private static final MethodHandle SYSTEM_CALL =
            Libc.withErrno("syscall", Libc.longOf(Libc.LONG, Libc.LONG, Libc.LONG), Linker.Option.firstVariadicArg(1));

    private ProcessCalls() {}

    /** Waits on a process descriptor (pidfd_open(2), Linux 5.3), which becomes readable at the end of the process. */
    static void awaitEnd(long pid) throws IOException {
        long descriptor;
        var state = Libc.state();
        try {
            descriptor = (long) SYSTEM_CALL.invokeExact(state, PIDFD_OPEN, pid, 0L);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
        if (descriptor < 0) {
            throw new IOException("pidfd_open failed, errno " + Libc.errno(state));
        }
        var registration = Poller.instance().register((int) descriptor, Poller.READABLE);
        try {
            registration.await();
        } finally {
            registration.end();
            Descriptor.closeNumber((int) descriptor);
        }
    }

    /** Collects the status of a child that has ended. */
    static Exit reap(long pid) throws IOException {
        var state = Libc.state();
        try (var arena = Arena.ofConfined()) {
            var status = arena.allocate(JAVA_INT);
            int result;
            do {
                result = (int) WAIT.invokeExact(state, (int) pid, status, 0);
            } while (result < 0 && Libc.errno(state) == Libc.EINTR);
            if (result < 0) {
                throw new IOException("waitpid failed, errno " + Libc.errno(state));
            }
            return Exit.ofWaitStatus(status.get(JAVA_INT, 0));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    static void signalGroup(long pid, int signal) {
        try {
            // Fails when the group is already gone, which is what was wanted.
            int _ = (int) KILL.invokeExact(Libc.state(), (int) -pid, signal);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
