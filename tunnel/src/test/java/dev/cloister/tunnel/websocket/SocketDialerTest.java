package dev.cloister.tunnel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.mux.Eventually;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SocketDialerTest {
    private static final SocketDialer DIALER = new SocketDialer(SocketDialerTest::noTls);

    private static SSLContext noTls() {
        throw new AssertionError("no server here has TLS");
    }

    private static Transport connect(RawWebSocketServer server) throws IOException {
        return DIALER.open(server.uri(), Map.of("Coder-Session-Token", "t"));
    }

    private static byte[] bytes(@Nullable ByteBuffer buffer) {
        assertThat(buffer).isNotNull();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void echo(RawWebSocketServer.Connection connection) throws IOException {
        connection.upgrade();
        while (true) {
            var frame = connection.receive();
            connection.send(frame.opcode(), true, frame.payload());
            if (frame.opcode() == RawWebSocketServer.CLOSE) {
                return;
            }
        }
    }

    @Test
    void chunksGoThereAndBack() throws Exception {
        try (var server = new RawWebSocketServer(SocketDialerTest::echo);
                var transport = connect(server)) {
            for (int size : new int[] {1, 125, 126, 65_535, 65_536, 100_000}) {
                var chunk = new byte[size];
                chunk[size - 1] = 42;
                transport.write(ByteBuffer.wrap(chunk));
                var back = ByteBuffer.allocate(size);
                while (back.hasRemaining()) {
                    back.put(bytes(transport.read()));
                }
                assertThat(back.array()).isEqualTo(chunk);
            }
        }
    }

    @Test
    void theRequestCarriesPathQueryAndHeaders() throws Exception {
        var seen = new AtomicReference<RawWebSocketServer.Connection>();
        try (var server = new RawWebSocketServer(connection -> {
                    seen.set(connection);
                    echo(connection);
                });
                var transport = connect(server)) {
            assertThat(transport).isNotNull();
            assertThat(seen.get().request.getFirst()).isEqualTo("GET /socket?x=1 HTTP/1.1");
            assertThat(seen.get().header("Coder-Session-Token")).isEqualTo("t");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 429, 500, 503})
    void aRefusedUpgradeTellsStatusAndBody(int status) throws Exception {
        var body = "{\"message\":\"no\"}";
        try (var server = new RawWebSocketServer(connection ->
                connection.raw("HTTP/1.1 " + status + " Refused\r\nContent-Type: application/json\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body))) {
            assertThatThrownBy(() -> connect(server))
                    .isInstanceOfSatisfying(WebSocketRefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(status);
                        assertThat(refused.body()).isEqualTo(body);
                    });
        }
    }

    @Test
    void aServerThatIsNotThereIsNoRefusal() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> DIALER.open(URI.create("ws://127.0.0.1:" + port), Map.of()))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(WebSocketRefusedException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (var server = new RawWebSocketServer(connection -> connection.receive())) {
            assertThatThrownBy(() -> new SocketDialer(SocketDialerTest::noTls, null, Duration.ofMillis(200))
                            .open(server.uri(), Map.of()))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(WebSocketRefusedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001})
    void anOrderlyCloseIsTheEnd(int status) throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.BINARY, true, new byte[] {7});
                    connection.send(RawWebSocketServer.CLOSE, true, new byte[] {(byte) (status >> 8), (byte) status});
                    connection.receive();
                });
                var transport = connect(server)) {
            assertThat(bytes(transport.read())).containsExactly(7);
            assertThat(transport.read()).isNull();
            assertThat(transport.read()).isNull();
        }
    }

    @Test
    void aCloseForAReasonIsAnErrorThatNamesIt() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(
                            RawWebSocketServer.CLOSE,
                            true,
                            "\u0003\u00f0revoked".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
                    connection.receive();
                });
                var transport = connect(server)) {
            assertThatThrownBy(transport::read).hasMessageContaining("1008").hasMessageContaining("revoked");
        }
    }

    @Test
    void aCutConnectionIsAnError() throws Exception {
        try (var server = new RawWebSocketServer(RawWebSocketServer.Connection::upgrade);
                var transport = connect(server)) {
            assertThatThrownBy(transport::read).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> {
                        while (true) {
                            transport.write(ByteBuffer.allocate(1000));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void fragmentsPingsAndPongsDoNotDisturb() throws Exception {
        var pong = new CountDownLatch(1);
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.BINARY, false, "one ".getBytes(UTF_8));
                    connection.send(RawWebSocketServer.PING, true, "p".getBytes(UTF_8));
                    connection.send(RawWebSocketServer.PONG, true, new byte[0]);
                    connection.send(0, false, new byte[0]);
                    connection.send(0, true, "two".getBytes(UTF_8));
                    if (connection.receive().opcode() == RawWebSocketServer.PONG) {
                        pong.countDown();
                    }
                    connection.receive();
                });
                var transport = connect(server)) {
            var text = new StringBuilder();
            while (text.length() < 7) {
                text.append(new String(bytes(transport.read()), UTF_8));
            }
            assertThat(text).hasToString("one two");
            assertThat(pong.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTextMessageIsRefused() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.TEXT, true, "hello".getBytes(UTF_8));
                    connection.receive();
                });
                var transport = connect(server)) {
            assertThatThrownBy(transport::read).hasMessageContaining("text");
        }
    }

    @Test
    void whoDoesNotReadSlowsTheServerDown() throws Exception {
        var sent = new AtomicLong();
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    var block = new byte[64 * 1024];
                    while (true) {
                        connection.send(RawWebSocketServer.BINARY, true, block);
                        sent.addAndGet(block.length);
                    }
                });
                var transport = connect(server)) {
            awaitStandstill(sent);
            assertThat(sent.get()).isLessThan(64L << 20);
            long before = sent.get();
            for (long read = 0; read < before + (8 << 20); ) {
                read += bytes(transport.read()).length;
            }
            assertThat(sent.get()).isGreaterThan(before);
        }
    }

    private static void awaitStandstill(AtomicLong counter) {
        var last = new AtomicLong(-1);
        var since = new AtomicLong(System.nanoTime());
        Eventually.is(() -> {
            long now = counter.get();
            if (now != last.getAndSet(now) || now == 0) {
                since.set(System.nanoTime());
            }
            return System.nanoTime() - since.get() > Duration.ofMillis(300).toNanos();
        });
    }

    @Test
    void closingEndsABlockedReaderAndABlockedWriter() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
            connection.upgrade();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            var transport = connect(server);
            var failed = new AtomicInteger();
            var written = new AtomicLong();
            var reader = Thread.startVirtualThread(() -> {
                try {
                    transport.read();
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            });
            var writer = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        transport.write(ByteBuffer.allocate(1 << 20));
                        written.incrementAndGet();
                    }
                } catch (IOException e) {
                    failed.incrementAndGet();
                }
            });
            awaitStandstill(written);
            transport.close();
            assertThat(reader.join(Duration.ofSeconds(3))).isTrue();
            assertThat(writer.join(Duration.ofSeconds(3))).isTrue();
            assertThat(failed.get()).isEqualTo(2);
        }
    }

    @Test
    void closingTellsTheServer() throws Exception {
        var status = new AtomicInteger();
        var told = new CountDownLatch(1);
        try (var server = new RawWebSocketServer(connection -> {
            connection.upgrade();
            var frame = connection.receive();
            status.set((frame.payload()[0] & 0xff) << 8 | frame.payload()[1] & 0xff);
            told.countDown();
            connection.send(RawWebSocketServer.CLOSE, true, frame.payload());
        })) {
            connect(server).close();
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(status.get()).isEqualTo(1000);
        }
    }

    @Test
    void aSessionRunsOverIt() throws Exception {
        try (var server = new RawWebSocketServer(SocketDialerTest::answerPings);
                var session = MuxSession.client(connect(server), MuxSettings.defaults())) {
            assertThat(session.ping()).isPositive();
        }
    }

    private static void answerPings(RawWebSocketServer.Connection connection) throws IOException {
        connection.upgrade();
        while (true) {
            var frame = connection.receive().payload();
            if (frame.length == 12 && frame[1] == 2) {
                frame[3] = 2;
                connection.send(RawWebSocketServer.BINARY, true, frame);
            }
        }
    }

    @Test
    void framesNoServerMaySendEndTheConnection() throws Exception {
        for (byte[] frame : new byte[][] {
            {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 1},
            {(byte) 0xc2, 1, 1},
            {(byte) 0x83, 1, 1},
            {(byte) 0x80, 1, 1},
            {0x02, 1, 1, (byte) 0x82, 1, 1},
            {0x09, 1, 1},
            {(byte) 0x89, 126, 0, 126},
            {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1}
        }) {
            try (var server = new RawWebSocketServer(connection -> {
                        connection.upgrade();
                        connection.raw(new String(frame, java.nio.charset.StandardCharsets.ISO_8859_1));
                        connection.receive();
                    });
                    var transport = connect(server)) {
                assertThatThrownBy(() -> {
                            while (transport.read() != null) {
                                assertThat(transport).isNotNull();
                            }
                        })
                        .isInstanceOf(ProtocolException.class);
            }
        }
    }

    @Test
    void aHeaderCannotBringAnother() {
        assertThatThrownBy(() -> {
                    try (var server = new RawWebSocketServer(SocketDialerTest::echo)) {
                        DIALER.open(server.uri(), Map.of("X", "a\r\nY: b"));
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerWithoutEndOrOfAnotherKindIsGivenUp() throws Exception {
        for (var answer : new String[] {
            "HTTP/1.1 101 " + "x".repeat(20_000),
            "SSH-2.0-x\r\n\r\n",
            "HTTP/2 101\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n"
        }) {
            try (var server = new RawWebSocketServer(connection -> connection.raw(answer))) {
                assertThatThrownBy(() -> connect(server))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(WebSocketRefusedException.class);
            }
        }
    }
}
