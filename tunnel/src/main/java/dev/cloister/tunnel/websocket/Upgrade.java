package dev.cloister.tunnel.websocket;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** The requests that make a connection a WebSocket: CONNECT at a proxy (RFC 9110, 9.3.6), the upgrade (RFC 6455, 4.1). */
final class Upgrade {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int MAX_BODY = 64 * 1024;

    private final Wire wire;
    private final ByteBuffer input;

    /** @param input empty; afterwards it holds what the other side has sent beyond its answers */
    Upgrade(Wire wire, ByteBuffer input) {
        this.wire = wire;
        this.input = input;
    }

    /** Asks a proxy for a connection to {@code authority}. */
    void connect(String authority) throws IOException {
        send("CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
        int status = HttpHead.read(wire, input).status();
        if (status / 100 != 2) {
            throw new IOException("The proxy answers " + status + " to a connection to " + authority + ".");
        }
        if (input.hasRemaining()) {
            throw new ProtocolException("The proxy sent more than its answer.");
        }
    }

    /** Asks the server for the WebSocket at {@code uri}. */
    void upgrade(URI uri, Map<String, String> headers, byte[] nonce) throws IOException {
        var key = Base64.getEncoder().encodeToString(nonce);
        var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        var request = new StringBuilder("GET ")
                .append(path)
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getRawAuthority())
                .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: ")
                .append(key)
                .append("\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        if (headers.toString().chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new IllegalArgumentException("A header has a character that no header may have.");
        }
        send(request.append("\r\n").toString());
        var head = HttpHead.read(wire, input);
        if (head.status() != SWITCHING_PROTOCOLS) {
            throw new WebSocketRefusedException(head.status(), head.body(wire, input, MAX_BODY));
        }
        if (!accept(key).equals(head.headers().get("sec-websocket-accept"))) {
            throw new ProtocolException("The server did not accept this request for a WebSocket.");
        }
    }

    private void send(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        wire.write(wire.buffer(bytes.length).put(bytes).flip());
    }

    private static String accept(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1.", e);
        }
    }
}
