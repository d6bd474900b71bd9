package dev.cloister.provisioner.egress;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How the body of a forwarded request is delimited; exactly that much is passed on. */
sealed interface Body {
    record None() implements Body {}

    record Sized(long length) implements Body {}

    record Chunked() implements Body {}

    /**
     * How the request's body is delimited.
     *
     * @throws BadRequest where the framing is ambiguous (RFC 9112, 6.3 and 11.2)
     */
    static Body of(RequestHead head) throws BadRequest {
        var encodings = head.values("transfer-encoding");
        var lengths = head.values("content-length");
        if (!encodings.isEmpty()) {
            var chunked = encodings.size() == 1
                    && encodings.getFirst().toLowerCase(Locale.ROOT).equals("chunked");
            if (!chunked || !lengths.isEmpty() || head.version().equals("HTTP/1.0")) {
                throw new BadRequest("The length of the request's body is ambiguous.");
            }
            return new Chunked();
        }
        if (lengths.isEmpty()) {
            return new None();
        }
        var text = lengths.getFirst();
        if (lengths.size() > 1 || !text.matches("[0-9]{1,18}")) {
            throw new BadRequest("The length of the request's body is ambiguous.");
        }
        return new Sized(Long.parseLong(text));
    }

    /** Passes the body on; returns when it is complete. */
    default void relay(InputStream from, OutputStream to) throws IOException, BadRequest {
        switch (this) {
            case None() -> {}
            case Sized(long length) -> copy(from, to, length);
            case Chunked() -> relayChunks(from, to);
        }
        to.flush();
    }

    private static void relayChunks(InputStream from, OutputStream to) throws IOException, BadRequest {
        while (true) {
            var size = chunkSize(from);
            to.write((Long.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            if (size == 0) {
                skipTrailers(from);
                to.write(new byte[] {'\r', '\n'});
                return;
            }
            copy(from, to, size);
            if (!line(from).isEmpty()) {
                throw new BadRequest("A chunk of the request's body is longer than announced.");
            }
            to.write(new byte[] {'\r', '\n'});
        }
    }

    private static long chunkSize(InputStream from) throws IOException, BadRequest {
        var line = line(from);
        var end = line.indexOf(';');
        var size = end < 0 ? line : line.substring(0, end).stripTrailing();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new BadRequest("A chunk of the request's body has no valid size.");
        }
        return Long.parseLong(size, 16);
    }

    private static void skipTrailers(InputStream from) throws IOException, BadRequest {
        for (var count = 0; count < 50; count++) {
            if (line(from).isEmpty()) {
                return;
            }
        }
        throw new BadRequest("The request has too many trailers.");
    }

    private static String line(InputStream from) throws IOException, BadRequest {
        var line = new StringBuilder();
        while (line.length() <= 1024) {
            var next = from.read();
            if (next < 0) {
                throw new EOFException();
            }
            if (next == '\r') {
                if (from.read() != '\n') {
                    throw new BadRequest("A line of the request's body is not ended by CR LF.");
                }
                return line.toString();
            }
            if (next == '\n') {
                throw new BadRequest("A line of the request's body is not ended by CR LF.");
            }
            line.append((char) next);
        }
        throw new BadRequest("A line of the request's body is too long.");
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        var buffer = new byte[16 * 1024];
        for (var left = length; left > 0; ) {
            var count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new EOFException();
            }
            to.write(buffer, 0, count);
            left -= count;
        }
    }
}
