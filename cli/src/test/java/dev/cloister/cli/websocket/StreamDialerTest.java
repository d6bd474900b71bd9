package dev.cloister.cli.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.client.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against servers that do as they like. */
final class StreamDialerTest {
    /** What a server does with a connection, after it has read the request. */
    private interface Behaviour {
        void with(Socket socket, String request) throws Exception;
    }

    private final StreamDialer dialer = new StreamDialer(() -> {
        throw new IOException("TLS is not wanted here");
    });
    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    private URI serve(Behaviour behaviour) {
        Thread.ofVirtual().start(() -> {
            try (var socket = listener.accept()) {
                var request = new StringBuilder();
                while (request.indexOf("\r\n\r\n") < 0) {
                    request.append((char) socket.getInputStream().read());
                }
                behaviour.with(socket, request.toString());
            } catch (Exception ended) {
                // the client sees the end
            }
        });
        return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + "/stream?channel=ssh");
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void accept(Socket socket, String request) throws Exception {
        var key = Pattern.compile("Sec-WebSocket-Key: (\\S+)").matcher(request);
        assertThat(key.find()).isTrue();
        var sha1 = MessageDigest.getInstance("SHA-1");
        var digest = sha1.digest(
                (key.group(1) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        send(
                socket,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n");
    }

    @Test
    void bytesThatComeWithTheAnswerAreNotLost() throws Exception {
        var uri = serve((socket, request) -> {
            assertThat(request)
                    .startsWith("GET /stream?channel=ssh HTTP/1.1\r\n")
                    .contains("\r\nCoder-Session-Token: abc\r\n");
            accept(socket, request);
            socket.getOutputStream().write(new byte[] {(byte) 0x82, 2, 'h', 'i', (byte) 0x88, 0});
            socket.getInputStream().read();
        });
        try (var stream = dialer.open(uri, Map.of("Coder-Session-Token", "abc"))) {
            var chunk = stream.read();
            assertThat(chunk).isNotNull();
            assertThat(StandardCharsets.US_ASCII.decode(chunk).toString()).isEqualTo("hi");
            assertThat(stream.read()).isNull();
        }
    }

    @Test
    void aConnectionThatBreaksIsNoticedAtOnce() throws Exception {
        var uri = serve(StreamDialerTest::accept);
        try (var stream = dialer.open(uri, Map.of())) {
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessageContaining("broke");
        }
    }

    @Test
    void closingWakesAReader() throws Exception {
        var uri = serve((socket, request) -> {
            accept(socket, request);
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
        var stream = dialer.open(uri, Map.of());
        var reader =
                Thread.ofPlatform().start(() -> assertThatThrownBy(stream::read).isInstanceOf(IOException.class));
        stream.close();
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void aRefusalKeepsItsStatusAndReason() {
        var uri = serve((socket, request) -> send(
                socket,
                "HTTP/1.1 409 Conflict\r\nContent-Length: 37\r\n\r\n{\"message\":\"The agent is not there.\"}\n"));
        assertThatThrownBy(() -> dialer.open(uri, Map.of()))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(409))
                .hasMessage("The agent is not there.");
    }

    @Test
    void aRedirectIsARefusalAndIsNotFollowed() {
        var uri = serve((socket, request) ->
                send(socket, "HTTP/1.1 302 Found\r\nLocation: ws://example.com/\r\nContent-Length: 0\r\n\r\n"));
        assertThatThrownBy(() -> dialer.open(uri, Map.of()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("302");
    }

    @Test
    void whoDoesNotProveToSpeakTheProtocolIsRefused() {
        var uri = serve((socket, request) -> send(
                socket,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: wrong\r\n\r\n"));
        assertThatThrownBy(() -> dialer.open(uri, Map.of()))
                .hasMessageContaining("does not speak the WebSocket protocol");
    }

    @Test
    void anAnswerWithoutEndIsGivenUp() {
        var uri = serve((socket, request) -> {
            send(socket, "HTTP/1.1 101 Switching Protocols\r\n");
            while (true) {
                send(socket, "X-Padding: " + "x".repeat(1000) + "\r\n");
            }
        });
        assertThatThrownBy(() -> dialer.open(uri, Map.of())).hasMessageContaining("too long");
    }

    @Test
    void whatIsNoHttpIsSaidSo() {
        var uri = serve((socket, request) -> send(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        assertThatThrownBy(() -> dialer.open(uri, Map.of())).hasMessageContaining("does not speak HTTP");
    }

    @Test
    void aHeaderCannotBeginAnother() {
        var uri = serve((socket, request) -> {});
        assertThatThrownBy(() -> dialer.open(uri, Map.of("A", "b\r\nC: d")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoIsNotThereIsNamed() throws Exception {
        int port = listener.getLocalPort();
        listener.close();
        assertThatThrownBy(() -> dialer.open(URI.create("ws://127.0.0.1:" + port + "/"), Map.of()))
                .hasMessage("Nothing answers at 127.0.0.1:" + port + ".");
    }
}
