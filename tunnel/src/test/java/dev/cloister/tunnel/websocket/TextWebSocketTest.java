package dev.cloister.tunnel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TextWebSocketTest {
    private static final SocketDialer DIALER = new SocketDialer(() -> {
        throw new AssertionError("no server here has TLS");
    });

    private static TextWebSocket connect(RawWebSocketServer server) throws IOException {
        return DIALER.openText(server.uri(), Map.of());
    }

    @Test
    void messagesKeepTheirBordersHoweverTheyAreDivided() throws Exception {
        var euro = "\u20ac".getBytes(UTF_8);
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.TEXT, true, "one".getBytes(UTF_8));
                    connection.send(RawWebSocketServer.TEXT, false, new byte[] {'t', euro[0]});
                    connection.send(RawWebSocketServer.PING, true, new byte[] {'p'});
                    connection.send(0, true, new byte[] {euro[1], euro[2]});
                    connection.send(
                            RawWebSocketServer.TEXT, true, "x".repeat(300_000).getBytes(UTF_8));
                    connection.send(RawWebSocketServer.CLOSE, true, new byte[] {3, (byte) 0xe8});
                    connection.receive();
                });
                var socket = connect(server)) {
            assertThat(socket.next()).isEqualTo("one");
            assertThat(socket.next()).isEqualTo("t\u20ac");
            assertThat(socket.next()).hasSize(300_000);
            assertThat(socket.next()).isNull();
        }
    }

    @Test
    void aConnectionThatBreaksIsNoEnd() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.TEXT, false, new byte[] {'a'});
                });
                var socket = connect(server)) {
            assertThatThrownBy(socket::next).isInstanceOf(IOException.class).hasMessageContaining("broke");
        }
    }

    @Test
    void whatIsNoTextOrTooLongIsRefused() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.BINARY, true, new byte[] {'a'});
                });
                var socket = connect(server)) {
            assertThatThrownBy(socket::next).isInstanceOf(ProtocolException.class);
        }
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.TEXT, true, new byte[] {(byte) 0xff});
                });
                var socket = connect(server)) {
            assertThatThrownBy(socket::next).isInstanceOf(ProtocolException.class);
        }
        try (var server = new RawWebSocketServer(connection -> {
                    connection.upgrade();
                    connection.send(RawWebSocketServer.TEXT, true, new byte[(4 << 20) + 1]);
                });
                var socket = connect(server)) {
            assertThatThrownBy(socket::next)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("too long");
        }
    }

    @Test
    void closingWakesAReader() throws Exception {
        try (var server = new RawWebSocketServer(connection -> {
            connection.upgrade();
            connection.receive();
        })) {
            var socket = connect(server);
            var reading = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return String.valueOf(socket.next());
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> Thread.ofVirtual().start(task));
            socket.close();
            assertThatThrownBy(() -> reading.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }
}
