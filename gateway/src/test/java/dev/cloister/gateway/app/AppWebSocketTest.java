package dev.cloister.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.gateway.stream.RawWebSocketClient;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets between a browser and an app. */
@Timeout(60)
class AppWebSocketTest {
    private static String accept(ScriptedApp.Head head) {
        try {
            var sha = MessageDigest.getInstance("SHA-1");
            var key = head.one("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            return Base64.getEncoder().encodeToString(sha.digest(key.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String switching(ScriptedApp.Head head) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(head)
                + "\r\nSec-WebSocket-Protocol: chat\r\nSet-Cookie: cloister_session_token=forged\r\n\r\n";
    }

    /** Sends what it gets, in frames without masks. */
    private static void echo(ScriptedApp.Connection app) throws IOException {
        var head = app.head();
        assertThat(head.one("Connection")).isEqualTo("Upgrade");
        assertThat(head.one("Upgrade")).isEqualTo("websocket");
        assertThat(head.one("Sec-WebSocket-Version")).isEqualTo("13");
        assertThat(head.names()).doesNotContain("coder-session-token", "content-length", "transfer-encoding");
        app.say(switching(head) + "\u0082\u0005early");
        while (true) {
            int opcode = app.in.read();
            if (opcode < 0) {
                return;
            }
            int length = app.in.read() & 0x7f;
            int size = length == 126 ? app.in.read() << 8 | app.in.read() : length;
            app.in.readNBytes(4);
            var payload = app.in.readNBytes(size);
            app.stream.output().write(opcode);
            if (length == 126) {
                app.stream.output().write(new byte[] {126, (byte) (size >> 8), (byte) size});
            } else {
                app.stream.output().write(size);
            }
            app.stream.output().write(payload);
        }
    }

    @Test
    void framesGoThereAndBack() throws Exception {
        try (var proxy = new ProxyFixture(AppWebSocketTest::echo);
                var client = new RawWebSocketClient(proxy.edge.port(), "Coder-Session-Token: sesame\r\n")) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.answer).contains("Sec-WebSocket-Protocol: chat").doesNotContain("forged");
            assertThat(client.receive().payload()).asString(UTF_8).isEqualTo("early");
            var random = new Random(1);
            for (int i = 0; i < 200; i++) {
                var message = new byte[random.nextInt(60_000)];
                random.nextBytes(message);
                client.binary(message);
                assertThat(client.receive().payload()).isEqualTo(message);
            }
        }
    }

    @Test
    void framesSentTogetherWithTheRequestAreNotLost() throws Exception {
        try (var proxy = new ProxyFixture(AppWebSocketTest::echo);
                var browser = proxy.browser()) {
            browser.say(
                    "GET / HTTP/1.1\r\nHost: app.example\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                            + "\u0082\u0083\0\0\0\0abc");
            assertThat(Browser.status(browser.head())).isEqualTo(101);
            assertThat(browser.in.readNBytes(7 + 5)).asString(ISO_8859_1).isEqualTo("\u0082\u0005early\u0082\u0003abc");
        }
    }

    @Test
    void eitherSidesEndEndsBoth() throws Exception {
        try (var proxy = new ProxyFixture(AppWebSocketTest::echo)) {
            try (var client = new RawWebSocketClient(proxy.edge.port())) {
                client.receive();
            }
            assertThat(proxy.app.ending()).isNotNull();
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
        }
        try (var proxy = new ProxyFixture(app -> app.say(switching(app.head())));
                var client = new RawWebSocketClient(proxy.edge.port())) {
            assertThat(client.socket.getInputStream().read()).isEqualTo(-1);
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
        }
    }

    @Test
    void anEndedVisitCutsItsWebSockets() throws Exception {
        try (var proxy = new ProxyFixture(AppWebSocketTest::echo);
                var client = new RawWebSocketClient(proxy.edge.port())) {
            client.receive();
            long before = System.nanoTime();
            proxy.visit.cut();
            assertThatThrownBy(client::receive).isInstanceOf(IOException.class);
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
            assertThat(proxy.app.ending()).hasMessageContaining("reset");
        }
    }

    @Test
    void anAppMayRefuse() throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno");
                    app.head();
                });
                var client = new RawWebSocketClient(proxy.edge.port())) {
            assertThat(client.status()).isEqualTo(426);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket\r\nConnection: Upgrade\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n",
                "Upgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
            })
    void anAppThatDoesNotSpeakTheProtocolGetsNoTunnel(String headers) throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    app.head();
                    app.say("HTTP/1.1 101 Switching Protocols\r\n" + headers + "\r\n");
                    app.head();
                });
                var client = new RawWebSocketClient(proxy.edge.port())) {
            assertThat(client.status()).isEqualTo(502);
            ProxyFixture.eventually(() -> proxy.app.open() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 0\r\n",
                "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 3\r\n",
                "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
                "GET / HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            })
    void aRequestThatIsNoUpgradeNeverReachesTheAppAsOne(String request) throws Exception {
        try (var proxy = new ProxyFixture(app -> {
                    var head = app.head();
                    app.say(switching(head));
                    app.head();
                });
                var browser = proxy.browser()) {
            browser.say(request + "Host: app.example\r\n\r\n");
            assertThat(Browser.status(browser.head())).isIn(400, 502);
        }
    }
}
