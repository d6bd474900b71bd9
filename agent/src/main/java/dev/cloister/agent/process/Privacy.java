package dev.cloister.agent.process;

import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * Closes the agent to other processes of its own user: a process that is not dumpable cannot be traced, its memory,
 * environment and descriptors under {@code /proc} belong to root, and it leaves no core file (prctl(2)).
 */
public final class Privacy {
    private static final int SET_DUMPABLE = 4;
    private static final int GET_DUMPABLE = 3;

    private static final MethodHandle CONTROL = Libc.plain(
            "prctl",
            Libc.intOf(Libc.INT, Libc.LONG, Libc.LONG, Libc.LONG, Libc.LONG),
            Linker.Option.firstVariadicArg(1));

    private Privacy() {}

    /** @throws IllegalStateException if the kernel does not do it; no secret may be read then */
    public static void begin() {
        if (control(SET_DUMPABLE, 0) != 0 || control(GET_DUMPABLE, 0) != 0) {
            throw new IllegalStateException("the agent's memory cannot be closed to other processes");
        }
    }

    private static int control(int option, long argument) {
        try {
            return (int) CONTROL.invokeExact(option, argument, 0L, 0L, 0L);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }
}
