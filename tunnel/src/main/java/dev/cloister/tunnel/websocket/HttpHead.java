package dev.cloister.tunnel.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Status and headers of an HTTP/1.1 answer; names are in lower case, of a repeated one the last counts. */
record HttpHead(int status, Map<String, String> headers) {
    private static final int LONGEST = 16 * 1024;

    /**
     * Reads an answer up to its empty line.
     *
     * @param input what was read from the wire already; afterwards what was read beyond
     */
    static HttpHead read(Wire wire, ByteBuffer input) throws IOException {
        var text = new StringBuilder();
        while (text.indexOf("\r\n\r\n", Math.max(0, text.length() - 4)) < 0) {
            if (text.length() == LONGEST) {
                throw new ProtocolException("The answer's head is longer than " + LONGEST + " bytes.");
            }
            if (!input.hasRemaining() && !fill(wire, input)) {
                throw new EOFException("The connection ended without an answer.");
            }
            text.append((char) (input.get() & 0xff));
        }
        return parse(text.toString());
    }

    static boolean fill(Wire wire, ByteBuffer input) throws IOException {
        input.clear();
        int count = wire.read(input);
        input.flip();
        return count > 0;
    }

    private static HttpHead parse(String text) throws ProtocolException {
        var lines = text.split("\r\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new ProtocolException("This is not an answer in HTTP/1.1.");
        }
        var headers = new HashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new HttpHead(Integer.parseInt(lines[0].substring(9, 12)), headers);
    }

    /** The beginning of the answer's body, at most so many bytes. */
    String body(Wire wire, ByteBuffer input, int most) throws IOException {
        var length = headers.getOrDefault("content-length", "");
        int wanted = length.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(length), most) : most;
        var body = new StringBuilder();
        while (body.length() < wanted && (input.hasRemaining() || fill(wire, input))) {
            while (body.length() < wanted && input.hasRemaining()) {
                body.append((char) (input.get() & 0xff));
            }
        }
        return new String(body.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
