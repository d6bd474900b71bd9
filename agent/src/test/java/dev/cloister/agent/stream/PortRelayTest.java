package dev.cloister.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server's streams, relays, and an app that listens on a real socket. */
@Timeout(60)
class PortRelayTest {
    private final SocketLoop loop = new SocketLoop();
    private MuxSession server;
    private MuxSession agent;
    private ServerSocket app;

    /** One connection: the server's end, the app's end, and the relay between them, which ends with its future. */
    private record Joined(MuxStream stream, Socket socket, CompletableFuture<Void> end) {
        void awaitEnd() throws Exception {
            end.get(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void start() throws IOException {
        var pair = LoopbackTransport.pair();
        server = MuxSession.server(pair.left(), MuxSettings.defaults());
        agent = MuxSession.client(pair.right(), MuxSettings.defaults());
        app = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        agent.close();
        app.close();
    }

    private Joined join() throws IOException {
        var stream = server.open();
        var inside = agent.accept();
        var socket = SocketChannel.open(app.getLocalSocketAddress());
        var accepted = app.accept();
        var end = new CompletableFuture<Void>();
        Thread.startVirtualThread(() -> {
            try {
                new PortRelay(inside, socket).run(loop);
                end.complete(null);
            } catch (IOException | InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return new Joined(stream, accepted, end);
    }

    @Test
    void eachDirectionEndsByItself() throws Exception {
        var joined = join();
        joined.stream().output().write("question".getBytes(UTF_8));
        joined.stream().closeOutput();
        assertThat(joined.socket().getInputStream().readAllBytes())
                .asString(UTF_8)
                .isEqualTo("question");
        joined.socket().getOutputStream().write("the answer".getBytes(UTF_8));
        joined.socket().shutdownOutput();
        assertThat(joined.stream().input().readAllBytes()).asString(UTF_8).isEqualTo("the answer");
        joined.awaitEnd();
    }

    @Test
    void anAppThatSaysGoodbyeFirstStillHearsTheRest() throws Exception {
        var joined = join();
        joined.socket().getOutputStream().write("bye".getBytes(UTF_8));
        joined.socket().shutdownOutput();
        assertThat(joined.stream().input().readAllBytes()).asString(UTF_8).isEqualTo("bye");
        joined.stream().output().write("and more".getBytes(UTF_8));
        joined.stream().close();
        assertThat(joined.socket().getInputStream().readAllBytes())
                .asString(UTF_8)
                .isEqualTo("and more");
        joined.awaitEnd();
    }

    @Test
    void anAppThatBreaksOffIsAnErrorAndNoEnd() throws Exception {
        var joined = join();
        joined.socket().setSoLinger(true, 0);
        joined.socket().close();
        assertThatThrownBy(() -> joined.stream().input().read()).isInstanceOf(IOException.class);
        joined.awaitEnd();
    }

    @Test
    void aStreamThatIsCutEndsTheAppsConnectionWithinASecond() throws Exception {
        var joined = join();
        joined.stream().output().write(1);
        assertThat(joined.socket().getInputStream().read()).isEqualTo(1);
        long before = System.nanoTime();
        joined.stream().reset();
        assertThat(joined.socket().getInputStream().read()).isEqualTo(-1);
        joined.awaitEnd();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aLostServerEndsEveryConnection() throws Exception {
        var one = join();
        var other = join();
        server.close();
        for (var joined : new Joined[] {one, other}) {
            assertThat(joined.socket().getInputStream().read()).isEqualTo(-1);
            joined.awaitEnd();
        }
    }

    @Test
    void whoDoesNotReadIsWaitedForAndHoldsUpNobodyElse() throws Exception {
        var deaf = join();
        var up = new AtomicLong();
        var down = new AtomicLong();
        var filling = new ArrayList<Thread>();
        filling.add(fill(() -> deaf.stream().output().write(new byte[10_000]), up));
        filling.add(fill(() -> deaf.socket().getOutputStream().write(new byte[10_000]), down));
        standstill(up);
        standstill(down);
        assertThat(up.get() * 10_000).as("bytes under way to the app").isLessThan(20_000_000);
        assertThat(down.get() * 10_000).as("bytes under way to the server").isLessThan(20_000_000);

        var other = join();
        other.stream().output().write("still here?".getBytes(UTF_8));
        assertThat(other.socket().getInputStream().readNBytes(11))
                .asString(UTF_8)
                .isEqualTo("still here?");
        other.stream().close();
        other.socket().close();
        other.awaitEnd();

        deaf.stream().reset();
        deaf.awaitEnd();
        deaf.socket().close();
        for (var thread : filling) {
            thread.join();
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private static Thread fill(Step step, AtomicLong counter) {
        return Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    step.take();
                    counter.incrementAndGet();
                }
            } catch (IOException e) {
                // cut
            }
        });
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

    @Test
    void manyConnectionsInBothDirectionsKeepTheirBytes() throws Exception {
        var threads = new ArrayList<Thread>();
        var failures = new java.util.concurrent.ConcurrentLinkedQueue<Throwable>();
        for (int i = 0; i < 12; i++) {
            var joined = join();
            var random = new Random(i);
            var bytes = new byte[1 + random.nextInt(3_000_000)];
            random.nextBytes(bytes);
            threads.add(Thread.startVirtualThread(() -> {
                try (var socket = joined.socket()) {
                    var in = socket.getInputStream();
                    var part = new byte[20_000];
                    int count;
                    while ((count = in.read(part, 0, 1 + random.nextInt(part.length))) >= 0) {
                        socket.getOutputStream().write(part, 0, count);
                    }
                } catch (IOException e) {
                    failures.add(e);
                }
            }));
            threads.add(Thread.startVirtualThread(() -> {
                var sizes = new Random(bytes.length);
                try {
                    for (int at = 0; at < bytes.length; ) {
                        int count = Math.min(bytes.length - at, 1 + sizes.nextInt(sizes.nextBoolean() ? 60 : 90_000));
                        joined.stream().output().write(bytes, at, count);
                        at += count;
                    }
                    joined.stream().closeOutput();
                } catch (IOException e) {
                    failures.add(e);
                }
            }));
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    assertThat(joined.stream().input().readAllBytes()).isEqualTo(bytes);
                    joined.awaitEnd();
                } catch (Exception | AssertionError e) {
                    failures.add(e);
                }
            }));
        }
        for (var thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(50))).isTrue();
        }
        assertThat(failures).isEmpty();
    }
}
