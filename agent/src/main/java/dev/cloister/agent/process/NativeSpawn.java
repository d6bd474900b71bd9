package dev.cloister.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code posix_spawn(3)}: the child leads a session of its own, has default signal handling, and sees no descriptor of
 * the agent but its three standard ones.
 */
final class NativeSpawn {
    private static final short SET_SIGNAL_DEFAULTS = 0x04;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short SET_SESSION = 0x80;
    private static final int READ_WRITE = 2;

    // Larger than glibc's structures on any 64-bit platform (80, 336 and 128 bytes).
    private static final long ACTIONS_SIZE = 256;
    private static final long ATTRIBUTES_SIZE = 512;
    private static final long SIGNAL_SET_SIZE = 128;

    private static final MethodHandle SPAWN = Libc.plain(
            "posix_spawn",
            Libc.intOf(Libc.POINTER, Libc.POINTER, Libc.POINTER, Libc.POINTER, Libc.POINTER, Libc.POINTER));
    private static final MethodHandle ACTIONS_INIT = onPointer("posix_spawn_file_actions_init");
    private static final MethodHandle ACTIONS_DESTROY = onPointer("posix_spawn_file_actions_destroy");
    private static final MethodHandle ACTIONS_DUPLICATE =
            Libc.plain("posix_spawn_file_actions_adddup2", Libc.intOf(Libc.POINTER, Libc.INT, Libc.INT));
    private static final MethodHandle ACTIONS_OPEN = Libc.plain(
            "posix_spawn_file_actions_addopen", Libc.intOf(Libc.POINTER, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT));
    private static final MethodHandle ACTIONS_DIRECTORY =
            Libc.plain("posix_spawn_file_actions_addchdir_np", Libc.intOf(Libc.POINTER, Libc.POINTER));
    private static final MethodHandle ACTIONS_CLOSE_FROM =
            Libc.plain("posix_spawn_file_actions_addclosefrom_np", Libc.intOf(Libc.POINTER, Libc.INT));
    private static final MethodHandle ATTRIBUTES_INIT = onPointer("posix_spawnattr_init");
    private static final MethodHandle ATTRIBUTES_DESTROY = onPointer("posix_spawnattr_destroy");
    private static final MethodHandle ATTRIBUTES_FLAGS =
            Libc.plain("posix_spawnattr_setflags", Libc.intOf(Libc.POINTER, Libc.SHORT));
    private static final MethodHandle ATTRIBUTES_DEFAULTS =
            Libc.plain("posix_spawnattr_setsigdefault", Libc.intOf(Libc.POINTER, Libc.POINTER));
    private static final MethodHandle ATTRIBUTES_MASK =
            Libc.plain("posix_spawnattr_setsigmask", Libc.intOf(Libc.POINTER, Libc.POINTER));
    private static final MethodHandle FILL_SET = onPointer("sigfillset");

    private NativeSpawn() {}

    /** Starts {@code order} with the numbered descriptors as its standard ones. */
    static long spawn(SpawnOrder order, int input, int output, int error) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var actions = begin(arena);
            try {
                // Above the standard three first, so that no copy overwrites a source still needed.
                check((int) ACTIONS_DUPLICATE.invokeExact(actions, input, 0));
                check((int) ACTIONS_DUPLICATE.invokeExact(actions, output, 1));
                check((int) ACTIONS_DUPLICATE.invokeExact(actions, error, 2));
                return run(arena, order, actions);
            } finally {
                int _ = (int) ACTIONS_DESTROY.invokeExact(actions);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /** Starts {@code order} on a terminal; a session leader that opens one first takes it as controlling terminal. */
    static long spawnOnTerminal(SpawnOrder order, String terminal) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var actions = begin(arena);
            try {
                var path = arena.allocateFrom(terminal);
                check((int) ACTIONS_OPEN.invokeExact(actions, 0, path, READ_WRITE, 0));
                check((int) ACTIONS_DUPLICATE.invokeExact(actions, 0, 1));
                check((int) ACTIONS_DUPLICATE.invokeExact(actions, 0, 2));
                return run(arena, order, actions);
            } finally {
                int _ = (int) ACTIONS_DESTROY.invokeExact(actions);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private static MemorySegment begin(Arena arena) throws Throwable {
        var actions = arena.allocate(ACTIONS_SIZE, 16);
        check((int) ACTIONS_INIT.invokeExact(actions));
        return actions;
    }

    private static long run(Arena arena, SpawnOrder order, MemorySegment actions) throws Throwable {
        var directory = Files.isDirectory(order.directory()) ? order.directory().toString() : "/";
        check((int) ACTIONS_CLOSE_FROM.invokeExact(actions, 3));
        check((int) ACTIONS_DIRECTORY.invokeExact(actions, arena.allocateFrom(directory)));
        var attributes = attributes(arena);
        try {
            var pid = arena.allocate(JAVA_INT);
            var program = arena.allocateFrom(order.program().toString());
            var arguments = strings(arena, order.arguments().stream());
            var environment =
                    strings(arena, order.environment().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()));
            int error = (int) SPAWN.invokeExact(pid, program, actions, attributes, arguments, environment);
            if (error != 0) {
                throw new IOException(order.program() + " could not be started, errno " + error);
            }
            return pid.get(JAVA_INT, 0);
        } finally {
            int _ = (int) ATTRIBUTES_DESTROY.invokeExact(attributes);
        }
    }

    private static MemorySegment attributes(SegmentAllocator arena) throws Throwable {
        var attributes = arena.allocate(ATTRIBUTES_SIZE, 16);
        check((int) ATTRIBUTES_INIT.invokeExact(attributes));
        var none = arena.allocate(SIGNAL_SET_SIZE, 8);
        var all = arena.allocate(SIGNAL_SET_SIZE, 8);
        check((int) FILL_SET.invokeExact(all));
        short flags = SET_SESSION | SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK;
        check((int) ATTRIBUTES_FLAGS.invokeExact(attributes, flags));
        check((int) ATTRIBUTES_DEFAULTS.invokeExact(attributes, all));
        check((int) ATTRIBUTES_MASK.invokeExact(attributes, none));
        return attributes;
    }

    private static MemorySegment strings(SegmentAllocator arena, Stream<String> values) {
        List<MemorySegment> segments = values.map(arena::allocateFrom).toList();
        var array = arena.allocate(ADDRESS, segments.size() + 1L);
        for (int i = 0; i < segments.size(); i++) {
            array.setAtIndex(ADDRESS, i, segments.get(i));
        }
        array.setAtIndex(ADDRESS, segments.size(), MemorySegment.NULL);
        return array;
    }

    private static MethodHandle onPointer(String name) {
        return Libc.plain(name, Libc.intOf(Libc.POINTER));
    }

    private static void check(int error) throws IOException {
        if (error != 0) {
            throw new IOException("a process could not be prepared, errno " + error);
        }
    }
}
