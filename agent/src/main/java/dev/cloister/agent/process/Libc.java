package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Binds functions of the C library (glibc 2.34 or newer on Linux) and reads {@code errno} after a call. */
final class Libc {
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();

    /** Apart, because the very first call of an agent does without, and a start should not wait for it. */
    private static final class State {
        static final StructLayout LAYOUT = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        static final ScopedState SCOPED = new ScopedState();
    }

    private Libc() {}

    /** A function that reports failure through {@code errno}; its first argument is {@link #state()}. */
    static MethodHandle withErrno(String name, FunctionDescriptor type, Linker.Option... options) {
        var all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(address(name), type, all);
    }

    /** A function that reports failure by its result alone. */
    static MethodHandle plain(String name, FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(address(name), type, options);
    }

    /** Where {@code errno} is kept for this thread's next call. */
    static MemorySegment state() {
        return State.SCOPED.get();
    }

    static int errno(MemorySegment state) {
        return (int) State.ERRNO.get(state, 0L);
    }

    /** What an unexpected throwable of a method handle becomes; none of these functions throws. */
    static AssertionError unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return new AssertionError(thrown);
    }

    static FunctionDescriptor intOf(MemoryLayout... arguments) {
        return FunctionDescriptor.of(JAVA_INT, arguments);
    }

    static FunctionDescriptor longOf(MemoryLayout... arguments) {
        return FunctionDescriptor.of(JAVA_LONG, arguments);
    }

    static final MemoryLayout INT = JAVA_INT;
    static final MemoryLayout SHORT = JAVA_SHORT;
    static final MemoryLayout LONG = JAVA_LONG;
    static final MemoryLayout POINTER = ADDRESS;

    private static MemorySegment address(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the C library has no function " + name + ": glibc 2.34 or newer is needed"));
    }

    private static final class ScopedState extends ThreadLocal<MemorySegment> {
        @Override
        protected MemorySegment initialValue() {
            return Arena.ofAuto().allocate(State.LAYOUT);
        }
    }
}
