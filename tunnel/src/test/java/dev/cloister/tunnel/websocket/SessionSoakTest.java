package dev.cloister.tunnel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.tunnel.mux.Eventually;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions over WebSockets over connections that take and give by chance: whatever is written comes back as it was, no
 * call waits for ever, and what does not is bounded. {@code CLOISTER_SOAK_SECONDS} lets it go on for longer.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class SessionSoakTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MuxSettings SETTINGS =
            MuxSettings.defaults().withKeepAlive(Duration.ofSeconds(20), Duration.ofSeconds(20));

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();

    private interface Work {
        void run() throws Exception;
    }

    private Thread start(String name, Work work) {
        var thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (Exception | AssertionError e) {
                failure.compareAndSet(null, e);
            }
        });
        synchronized (threads) {
            threads.add(thread);
        }
        thread.start();
        return thread;
    }

    private void awaitAll(long seed) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int i = 0; ; i++) {
            Thread next;
            synchronized (threads) {
                if (i == threads.size()) {
                    break;
                }
                next = threads.get(i);
            }
            long left = Math.max(1, deadline - System.nanoTime());
            assertThat(next.join(Duration.ofNanos(left)))
                    .as("seed %d: %s is done", seed, next.getName())
                    .isTrue();
        }
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
    }

    @Test
    void whatIsWrittenComesBackWhateverTheConnectionDoes() throws Exception {
        String wanted = System.getenv("CLOISTER_SOAK_SECONDS");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wanted == null ? 4 : Long.parseLong(wanted));
        long seed = wanted == null ? 1 : System.nanoTime();
        do {
            soak(seed++);
        } while (System.nanoTime() - end < 0);
    }

    private void soak(long seed) throws Exception {
        var random = new Random(seed);
        threads.clear();
        try (var pipe = new ChancePipe(seed, 1 + random.nextInt(random.nextBoolean() ? 3000 : 300_000));
                var near = MuxSession.client(pipe.client(), SETTINGS);
                var far = MuxSession.server(pipe.server(), SETTINGS)) {
            int streams = 1 + random.nextInt(8);
            Thread.startVirtualThread(() -> acceptAll(far));
            for (int i = 0; i < streams; i++) {
                converse(near.open(), random.nextLong(), 1 + random.nextInt(400_000));
            }
            start("pings", () -> {
                for (int i = 0; i < 20; i++) {
                    near.ping();
                    pipe.client().ping();
                    far.ping();
                    pipe.server().ping();
                }
            });
            awaitAll(seed);
            Eventually.is(() -> near.streamCount() == 0 && far.streamCount() == 0);
        }
    }

    /** Until the end of the session: a stream that is broken off at once is never seen here. */
    private void acceptAll(MuxSession session) {
        try {
            while (true) {
                var stream = session.accept();
                if (stream.id() % 4 == 1) {
                    new EventEcho(stream).begin();
                } else {
                    start("echo", () -> echo(stream));
                }
            }
        } catch (IOException e) {
            // the session has ended
        }
    }

    /** Writes and reads at once, and compares; now and then breaks off in the middle. */
    private void converse(MuxStream stream, long seed, int size) {
        var random = new Random(seed);
        boolean breaksOff = random.nextInt(6) == 0;
        var sent = new byte[size];
        random.nextBytes(sent);
        start("writing " + stream, () -> {
            var sizes = new Random(seed + 1);
            try {
                for (int at = 0; at < size; ) {
                    int count = Math.min(size - at, 1 + sizes.nextInt(sizes.nextBoolean() ? 50 : 100_000));
                    stream.output().write(sent, at, count);
                    at += count;
                    if (breaksOff && at > size / 2) {
                        stream.reset();
                        return;
                    }
                }
                stream.closeOutput();
            } catch (IOException e) {
                assertThat(breaksOff).as("a stream that nobody broke off").isTrue();
            }
        });
        start("reading " + stream, () -> {
            var sizes = new Random(seed + 2);
            int at = 0;
            try {
                var part = new byte[70_000];
                int count;
                while ((count = stream.input().read(part, 0, 1 + sizes.nextInt(part.length))) >= 0) {
                    for (int i = 0; i < count; i++) {
                        if (part[i] != sent[at + i]) {
                            throw new AssertionError("byte " + (at + i) + " of " + stream + " is another");
                        }
                    }
                    at += count;
                    for (int i = sizes.nextInt(200); i > 190; i--) {
                        Thread.yield(); // a reader that is slow now and then
                    }
                }
                assertThat(at).as("bytes of %s", stream).isEqualTo(size);
                stream.close();
            } catch (IOException e) {
                assertThat(breaksOff).as("a stream that nobody broke off").isTrue();
            }
        });
    }

    private static void echo(MuxStream stream) {
        var part = new byte[30_000];
        try {
            int count;
            while ((count = stream.input().read(part)) >= 0) {
                stream.output().write(part, 0, count);
            }
            stream.close();
        } catch (IOException e) {
            stream.close(); // broken off
        }
    }

    /** Moves what comes back by events alone, on whatever thread they are told on. */
    private static final class EventEcho {
        private final MuxStream stream;
        private final AtomicInteger reasons = new AtomicInteger();
        private final byte[] part = new byte[20_000];
        private ByteBuffer rest = ByteBuffer.allocate(0);
        private boolean over;

        EventEcho(MuxStream stream) {
            this.stream = stream;
        }

        void begin() {
            stream.onReadable(this::move);
            stream.onWritable(this::move);
            move();
        }

        private void move() {
            if (reasons.getAndIncrement() > 0) {
                return;
            }
            int seen = 1;
            do {
                try {
                    while (!over && some()) {
                        // as long as something moves
                    }
                } catch (IOException e) {
                    over = true;
                    stream.close();
                }
                seen = reasons.addAndGet(-seen);
            } while (seen > 0);
        }

        private boolean some() throws IOException {
            if (rest.hasRemaining()) {
                return stream.writeNow(rest) > 0;
            }
            int count = stream.readNow(part, 0, part.length);
            if (count < 0) {
                over = true;
                stream.close();
            } else if (count > 0) {
                rest = ByteBuffer.wrap(part, 0, count);
            }
            return count > 0;
        }
    }

    @Test
    void bothSidesThatWriteAndDoNotReadHoldBoundedMemoryAndCanStillBeClosed() throws Exception {
        var written = new AtomicLong();
        var blocked = new AtomicInteger();
        try (var pipe = new ChancePipe(5, 10_000)) {
            var near = MuxSession.client(pipe.client(), SETTINGS);
            var far = MuxSession.server(pipe.server(), SETTINGS);
            for (int i = 0; i < 3; i++) {
                var one = near.open();
                var other = far.accept();
                for (var stream : List.of(one, other)) {
                    start("filling " + stream, () -> {
                        try {
                            while (true) {
                                stream.output().write(new byte[8192]);
                                written.addAndGet(8192);
                            }
                        } catch (IOException e) {
                            blocked.incrementAndGet();
                        }
                    });
                }
            }
            standstill(written);
            assertThat(written.get()).isLessThan(6 * ((1 << 20) + 200_000));
            // Those who do not read hold up nobody else.
            assertThat(near.ping()).isLessThan(Duration.ofSeconds(10));
            long before = System.nanoTime();
            near.close();
            far.close();
            awaitAll(0);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(blocked.get()).isEqualTo(6);
        }
    }

    @Test
    void aConnectionThatBreaksAtAnyMomentEndsEveryCall() throws Exception {
        for (long seed = 1; seed <= 12; seed++) {
            var random = new Random(seed);
            var pipe = new ChancePipe(seed, 1 + random.nextInt(60_000));
            var near = MuxSession.client(pipe.client(), SETTINGS);
            var far = MuxSession.server(pipe.server(), SETTINGS);
            threads.clear();
            var ended = new AtomicInteger();
            near.onClose(ended::incrementAndGet);
            far.onClose(ended::incrementAndGet);
            Thread.startVirtualThread(() -> acceptAll(far));
            for (int i = 0; i < 4; i++) {
                var stream = near.open();
                start("writing", () -> until(() -> stream.output().write(new byte[5000])));
                start(
                        "reading",
                        () -> until(() -> {
                            if (stream.input().read(new byte[5000]) < 0) {
                                throw new IOException("the end");
                            }
                        }));
            }
            long wanted = random.nextInt(2_000_000);
            Eventually.is(() -> pipe.passed() > wanted);
            if (random.nextBoolean()) {
                pipe.close();
            } else {
                near.close();
            }
            awaitAll(seed);
            Eventually.is(() -> ended.get() == 2);
            far.close();
            pipe.close();
        }
    }

    private static void until(Work work) throws Exception {
        try {
            while (true) {
                work.run();
            }
        } catch (IOException e) {
            // the connection has broken
        }
    }

    private static void standstill(AtomicLong counter) {
        long last = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < Duration.ofMillis(400).toNanos()) {
            Thread.yield();
            if (counter.get() != last) {
                last = counter.get();
                since = System.nanoTime();
            }
        }
    }
}
