package dev.cloister.agent.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets virtual threads wait for descriptors: one platform thread sits in {@code epoll_wait}, everyone else is parked.
 * A blocking {@code read} through the foreign interface would pin a carrier for as long as a terminal is idle.
 */
final class Poller {
    static final int READABLE = 0x001;
    static final int WRITABLE = 0x004;

    private static final int ONE_SHOT = 1 << 30;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final int CLOEXEC = 0x80000;
    private static final int BATCH = 64;

    // struct epoll_event is packed on x86-64 only.
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
    private static final long EVENT_SIZE = PACKED ? 12 : 16;
    private static final long TOKEN_OFFSET = PACKED ? 4 : 8;

    private static final MethodHandle EPOLL_CREATE = Libc.withErrno("epoll_create1", Libc.intOf(Libc.INT));
    private static final MethodHandle EPOLL_CONTROL =
            Libc.withErrno("epoll_ctl", Libc.intOf(Libc.INT, Libc.INT, Libc.INT, Libc.POINTER));
    private static final MethodHandle EPOLL_WAIT =
            Libc.withErrno("epoll_wait", Libc.intOf(Libc.INT, Libc.POINTER, Libc.INT, Libc.INT));

    private static final Poller INSTANCE = new Poller();

    private final int epoll;
    private final AtomicLong tokens = new AtomicLong();
    private final ConcurrentHashMap<Long, Registration> registrations = new ConcurrentHashMap<>();

    private Poller() {
        var state = Libc.state();
        try {
            epoll = (int) EPOLL_CREATE.invokeExact(state, CLOEXEC);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
        if (epoll < 0) {
            throw new UncheckedIOException(new IOException("epoll_create1 failed, errno " + Libc.errno(state)));
        }
        Thread.ofPlatform().daemon().name("poller").start(this::loop);
    }

    static Poller instance() {
        return INSTANCE;
    }

    /** Takes up {@code descriptor} for one kind of readiness; whoever closes the descriptor ends this first. */
    Registration register(int descriptor, int readiness) throws IOException {
        var registration = new Registration(tokens.incrementAndGet(), descriptor, readiness);
        registrations.put(registration.token, registration);
        if (control(ADD, registration, 0) != 0) {
            registrations.remove(registration.token);
            throw new IOException("descriptor " + descriptor + " cannot be waited for");
        }
        return registration;
    }

    private int control(int operation, Registration registration, int events) {
        try (var arena = Arena.ofConfined()) {
            var event = arena.allocate(EVENT_SIZE);
            event.set(ValueLayout.JAVA_INT, 0, events);
            event.set(ValueLayout.JAVA_LONG_UNALIGNED, TOKEN_OFFSET, registration.token);
            return (int) EPOLL_CONTROL.invokeExact(Libc.state(), epoll, operation, registration.descriptor, event);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    private void loop() {
        var events = Arena.global().allocate(EVENT_SIZE * BATCH, 8);
        while (true) {
            int ready = waitFor(events);
            for (int i = 0; i < ready; i++) {
                var registration =
                        registrations.get(events.get(ValueLayout.JAVA_LONG_UNALIGNED, i * EVENT_SIZE + TOKEN_OFFSET));
                if (registration != null) {
                    registration.wake();
                }
            }
        }
    }

    private int waitFor(MemorySegment events) {
        var state = Libc.state();
        try {
            int ready = (int) EPOLL_WAIT.invokeExact(state, epoll, events, BATCH, -1);
            if (ready < 0 && Libc.errno(state) != Libc.EINTR) {
                throw new IllegalStateException("epoll_wait failed, errno " + Libc.errno(state));
            }
            return ready;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /** One descriptor and the at most one thread that waits for it. */
    final class Registration {
        private final long token;
        private final int descriptor;
        private final int readiness;
        private volatile boolean ready;
        private volatile boolean ended;
        private volatile @Nullable Thread waiter;

        private Registration(long token, int descriptor, int readiness) {
            this.token = token;
            this.descriptor = descriptor;
            this.readiness = readiness;
        }

        /** Waits until the descriptor is ready, or hung up, or this registration has ended. */
        void await() throws InterruptedIOException {
            ready = false;
            waiter = Thread.currentThread();
            if (!ended && control(MODIFY, this, readiness | ONE_SHOT) != 0) {
                ended = true;
            }
            while (!ready && !ended) {
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for a descriptor");
                }
            }
        }

        void end() {
            ended = true;
            registrations.remove(token);
            // Fails harmlessly when the descriptor was never added.
            int _ = control(DELETE, this, 0);
            wake();
        }

        private void wake() {
            ready = true;
            LockSupport.unpark(waiter);
        }
    }
}
