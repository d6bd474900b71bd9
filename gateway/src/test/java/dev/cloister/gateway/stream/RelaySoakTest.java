package dev.cloister.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import dev.cloister.tunnel.websocket.SocketDialer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many people at once through real sockets, relays and one session into a workspace that says everything again: what
 * they send comes back as it was, whoever leaves in the middle harms nobody, and every relay ends. {@code
 * CLOISTER_SOAK_SECONDS} lets it go on for longer.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class RelaySoakTest {
    private static final int PEOPLE = 6;

    private final AtomicInteger running = new AtomicInteger();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void everybodyGetsBackWhatTheySendWhateverOthersDo() throws Exception {
        String wanted = System.getenv("CLOISTER_SOAK_SECONDS");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(wanted == null ? 3 : Long.parseLong(wanted));
        long seed = wanted == null ? 1 : System.nanoTime();
        var pair = LoopbackTransport.pair();
        try (var near = MuxSession.server(pair.left(), MuxSettings.defaults());
                var far = MuxSession.client(pair.right(), MuxSettings.defaults());
                var server = EdgeServer.sockets(() -> new EdgeSocket(socket -> relay(socket, near)))) {
            Thread.startVirtualThread(() -> acceptAll(far));
            do {
                round(server, seed++);
            } while (System.nanoTime() - end < 0);
            near.ping();
        }
    }

    private void round(EdgeServer server, long seed) throws Exception {
        var people = new ArrayList<Thread>();
        for (int i = 0; i < PEOPLE; i++) {
            long own = seed * PEOPLE + i;
            people.add(Thread.startVirtualThread(() -> {
                try {
                    visit(server, new Random(own));
                } catch (Exception | AssertionError e) {
                    failures.add(e);
                }
            }));
        }
        for (var person : people) {
            assertThat(person.join(Duration.ofSeconds(60)))
                    .as("seed %d: a visit ends", seed)
                    .isTrue();
        }
        assertThat(failures).as("seed %d", seed).isEmpty();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (running.get() > 0) {
            assertThat(System.nanoTime() - deadline)
                    .as("seed %d: every relay ends", seed)
                    .isNegative();
            Thread.yield();
        }
    }

    private void relay(EdgeSocket socket, MuxSession session) {
        running.incrementAndGet();
        try {
            new Relay(socket, session.open()).run();
        } catch (IOException e) {
            failures.add(e);
        } finally {
            running.decrementAndGet();
        }
    }

    private static void acceptAll(MuxSession session) {
        try {
            while (true) {
                var stream = session.accept();
                Thread.startVirtualThread(() -> repeat(stream));
            }
        } catch (IOException e) {
            // the end
        }
    }

    private static void repeat(MuxStream stream) {
        var part = new byte[50_000];
        try (stream) {
            int count;
            while ((count = stream.input().read(part)) >= 0) {
                stream.output().write(part, 0, count);
            }
        } catch (IOException e) {
            // the person has left
        }
    }

    private static void visit(EdgeServer server, Random random) throws Exception {
        var dialer = new SocketDialer(() -> {
            throw new IllegalStateException("this server is reached without TLS");
        });
        var sent = new byte[1 + random.nextInt(2_000_000)];
        random.nextBytes(sent);
        boolean leaves = random.nextInt(3) == 0;
        int enough = leaves ? random.nextInt(sent.length) : sent.length;
        try (var person = dialer.open(server.uri(), Map.of())) {
            var writing = Thread.startVirtualThread(() -> send(person, sent, new Random(sent.length)));
            int at = 0;
            while (at < enough) {
                var part = person.read();
                assertThat(part).as("more to come").isNotNull();
                int count = part.remaining();
                assertThat(part.equals(ByteBuffer.wrap(sent, at, count)))
                        .as("bytes as they were")
                        .isTrue();
                at += count;
                if (random.nextInt(20) == 0) {
                    Thread.yield();
                }
            }
            if (leaves) {
                person.close(); // which ends whoever writes
            }
            writing.join();
        }
    }

    private static void send(Transport person, byte[] all, Random sizes) {
        try {
            for (int at = 0; at < all.length; ) {
                int count = Math.min(all.length - at, 1 + sizes.nextInt(sizes.nextBoolean() ? 100 : 150_000));
                person.write(ByteBuffer.wrap(Arrays.copyOfRange(all, at, at + count)));
                at += count;
            }
        } catch (IOException e) {
            // has left
        }
    }
}
