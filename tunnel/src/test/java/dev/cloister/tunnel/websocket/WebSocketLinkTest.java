package dev.cloister.tunnel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.mux.Eventually;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebSocketLinkTest {
    private static final SocketDialer DIALER = new SocketDialer(() -> {
        throw new IllegalStateException("these servers are reached without TLS");
    });

    private static final class Heard implements Link.Receiver {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<String> end = new CompletableFuture<>();
        private final AtomicLong writable = new AtomicLong();
        private volatile int room = Integer.MAX_VALUE;

        @Override
        public synchronized void received(ByteBuffer chunk) {
            var part = new byte[Math.min(chunk.remaining(), room)];
            chunk.get(part);
            bytes.writeBytes(part);
            room -= part.length;
        }

        synchronized byte[] bytes() {
            return bytes.toByteArray();
        }

        @Override
        public void writable() {
            writable.incrementAndGet();
        }

        @Override
        public void ended(@Nullable IOException cause) {
            end.complete(cause == null ? "orderly" : String.valueOf(cause.getMessage()));
        }
    }

    @Test
    void manyBytesOfAllSizesComeBackAsTheyWere() throws Exception {
        var random = new Random(7);
        var sent = new byte[8_000_000];
        random.nextBytes(sent);
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    while (true) {
                        connection.send(
                                RawWebSocketServer.BINARY,
                                true,
                                connection.receive().payload());
                    }
                });
                var link = DIALER.openLink(server.uri(), Map.of())) {
            var heard = new Heard();
            link.start(heard);
            for (int at = 0; at < sent.length; ) {
                int count = Math.min(sent.length - at, 1 + random.nextInt(100_000));
                long before = heard.writable.get();
                if (!link.send(ByteBuffer.wrap(sent, at, count))) {
                    Eventually.is(() -> heard.writable.get() > before);
                }
                at += count;
            }
            Eventually.is(() -> heard.bytes().length == sent.length);
            assertThat(heard.bytes()).isEqualTo(sent);
        }
    }

    @Test
    void whatTheReceiverLeavesIsKeptAndTheServerWaits() throws Exception {
        var sent = new AtomicLong();
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    for (int i = 0; i < 1000; i++) {
                        var block = new byte[64 * 1024];
                        block[0] = (byte) i;
                        connection.send(RawWebSocketServer.BINARY, true, block);
                        sent.incrementAndGet();
                    }
                    connection.send(RawWebSocketServer.CLOSE, true, new byte[] {3, (byte) 0xe8});
                    connection.receive();
                });
                var link = DIALER.openLink(server.uri(), Map.of())) {
            var heard = new Heard();
            heard.room = 100;
            link.start(heard);
            Eventually.is(() -> heard.bytes().length == 100);
            standstill(sent);
            assertThat(sent.get()).isLessThan(500);
            heard.room = Integer.MAX_VALUE;
            link.resume();
            assertThat(heard.end.get(30, TimeUnit.SECONDS)).isEqualTo("orderly");
            var all = heard.bytes();
            assertThat(all).hasSize(1000 * 64 * 1024);
            for (int i = 0; i < 1000; i++) {
                assertThat(all[i * 64 * 1024]).isEqualTo((byte) i);
            }
        }
    }

    private static void standstill(AtomicLong counter) {
        var last = new AtomicLong(-1);
        var since = new AtomicLong(System.nanoTime());
        Eventually.is(() -> {
            long now = counter.get();
            if (now != last.getAndSet(now)) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > Duration.ofMillis(300).toNanos();
        });
    }

    @Test
    void aServerThatBreaksOffIsAnError() throws Exception {
        try (var server = new RawWebSocketServer(connection -> connection.upgrade());
                var link = DIALER.openLink(server.uri(), Map.of())) {
            var heard = new Heard();
            link.start(heard);
            assertThat(heard.end.get(10, TimeUnit.SECONDS)).isNotEqualTo("orderly");
        }
    }

    @Test
    void closingTellsTheServerAndTheReceiver() throws Exception {
        var status = new CompletableFuture<Integer>();
        try (var server = new RawWebSocketServer(connection -> {
            connection.upgrade();
            var frame = connection.receive();
            status.complete((frame.payload()[0] & 0xff) << 8 | frame.payload()[1] & 0xff);
        })) {
            var link = DIALER.openLink(server.uri(), Map.of());
            var heard = new Heard();
            link.start(heard);
            link.close();
            assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
            assertThat(heard.end.get(10, TimeUnit.SECONDS)).isEqualTo("The WebSocket is closed.");
        }
    }

    @Test
    void anInterruptedSenderDoesNotCloseTheConnection() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    while (true) {
                        connection.send(
                                RawWebSocketServer.BINARY,
                                true,
                                connection.receive().payload());
                    }
                });
                var link = DIALER.openLink(server.uri(), Map.of())) {
            var heard = new Heard();
            link.start(heard);
            Thread.currentThread().interrupt();
            link.send(ByteBuffer.wrap(new byte[] {1}));
            assertThat(Thread.interrupted()).isTrue();
            Eventually.is(() -> heard.bytes().length == 1);
            link.send(ByteBuffer.wrap(new byte[] {2}));
            Eventually.is(() -> heard.bytes().length == 2);
        }
    }

    @Test
    void aSessionRunsOverIt() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    while (true) {
                        var frame = connection.receive().payload();
                        if (frame.length == 12 && frame[1] == 2) {
                            frame[3] = 2;
                            connection.send(RawWebSocketServer.BINARY, true, frame);
                        }
                    }
                });
                var session = MuxSession.client(DIALER.openLink(server.uri(), Map.of()), MuxSettings.defaults())) {
            assertThat(session.ping()).isPositive();
        }
    }
}
