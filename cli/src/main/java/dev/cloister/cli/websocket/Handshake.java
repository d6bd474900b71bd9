package dev.cloister.cli.websocket;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.client.ApiException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** The HTTP request and answer by which a connection becomes a WebSocket (RFC 6455 section 4.1). */
final class Handshake {
    private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING = 101;
    private static final int MAX_HEAD = 16 << 10;
    private static final int MAX_BODY = 64 << 10;

    private record Head(int status, Map<String, String> headers) {}

    private final Wire wire;
    private final ByteBuffer input;

    /** @param input an empty buffer; afterwards it holds what the server has sent beyond its answer */
    Handshake(Wire wire, ByteBuffer input) {
        this.wire = wire;
        this.input = input;
    }

    /**
     * Asks for the WebSocket.
     *
     * @throws ApiException when the server answers with something else
     */
    void perform(URI uri, Map<String, String> headers, byte[] nonce) throws IOException {
        var key = Base64.getEncoder().encodeToString(nonce);
        var target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        var request = new StringBuilder("GET ")
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getRawAuthority())
                .append(
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ")
                .append(key)
                .append("\r\n");
        headers.forEach((name, value) ->
                request.append(line(name)).append(": ").append(line(value)).append("\r\n"));
        var bytes = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        wire.write(wire.buffer(bytes.length).put(bytes).flip());
        var head = head();
        if (head.status() != SWITCHING) {
            throw new ApiException(head.status(), error(head));
        }
        if (!accept(key).equals(head.headers().get("sec-websocket-accept"))) {
            throw new ProtocolException("The server does not speak the WebSocket protocol.");
        }
    }

    private static String line(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("A header cannot hold this text.");
        }
        return text;
    }

    private static String accept(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + SALT).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every Java platform has SHA-1
        }
    }

    private Head head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            if (head.length() > MAX_HEAD) {
                throw new ProtocolException("The answer of the server is too long.");
            }
            if (!input.hasRemaining() && !fill()) {
                throw new EOFException("The server closed the connection without an answer.");
            }
            head.append((char) (input.get() & 0xff));
        }
        var lines = head.toString().split("\r\n", -1);
        var words = lines[0].split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
            throw new ProtocolException("The server does not speak HTTP.");
        }
        var headers = new HashMap<String, String>();
        for (var line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new Head(Integer.parseInt(words[1]), headers);
    }

    private boolean fill() throws IOException {
        input.clear();
        int count = wire.read(input);
        input.flip();
        return count > 0;
    }

    private ApiError error(Head head) throws IOException {
        try {
            var error = ApiJson.mapper().readValue(body(head), ApiError.class);
            if (error != null && !error.message().isBlank()) {
                return error;
            }
        } catch (JacksonException notJson) {
            // an answer from something in between
        }
        return ApiError.of("The server refused the connection with status " + head.status() + ".");
    }

    private byte[] body(Head head) throws IOException {
        var length = head.headers().getOrDefault("content-length", "");
        int wanted = length.matches("[0-9]{1,5}") ? Math.min(Integer.parseInt(length), MAX_BODY) : MAX_BODY;
        var body = ByteBuffer.allocate(wanted);
        while (body.hasRemaining() && (input.hasRemaining() || fill())) {
            int size = Math.min(body.remaining(), input.remaining());
            body.put(input.slice(input.position(), size));
            input.position(input.position() + size);
        }
        return Arrays.copyOf(body.array(), body.position());
    }
}
