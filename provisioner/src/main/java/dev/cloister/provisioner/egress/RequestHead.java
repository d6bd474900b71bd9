package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The request line and the fields of one request (RFC 9112), read strictly: whatever two readers could understand
 * differently is refused.
 */
record RequestHead(String method, String target, String version, List<Field> fields) {
    private static final int LARGEST = 32 * 1024;
    private static final int MOST_FIELDS = 100;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern TARGET = Pattern.compile("[\\x21-\\x7e]{1,8192}");
    private static final Pattern VERSION = Pattern.compile("HTTP/1\\.[01]");

    /** @param name in lower case */
    record Field(String name, String value) {}

    /** Empty when the client left before sending anything. */
    static Optional<RequestHead> read(InputStream input) throws IOException, BadRequest {
        var lines = lines(input);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        var first = lines.getFirst().split(" ", -1);
        if (first.length != 3
                || !TOKEN.matcher(first[0]).matches()
                || !TARGET.matcher(first[1]).matches()
                || !VERSION.matcher(first[2]).matches()) {
            throw new BadRequest("The request line is malformed.");
        }
        var fields = new ArrayList<Field>();
        for (var line : lines.subList(1, lines.size())) {
            fields.add(field(line));
        }
        return Optional.of(new RequestHead(first[0], first[1], first[2], List.copyOf(fields)));
    }

    private static List<String> lines(InputStream input) throws IOException, BadRequest {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var total = 0; total < LARGEST; total++) {
            var next = input.read();
            if (next < 0) {
                if (total == 0) {
                    return List.of();
                }
                throw new BadRequest("The request ended within its head.");
            }
            if (next == '\r') {
                if (input.read() != '\n') {
                    throw new BadRequest("A line of the request is not ended by CR LF.");
                }
                if (line.isEmpty() && lines.isEmpty()) {
                    throw new BadRequest("The request begins with an empty line.");
                }
                if (line.isEmpty()) {
                    return lines;
                }
                if (lines.size() > MOST_FIELDS) {
                    throw new BadRequest("The request has too many fields.");
                }
                lines.add(line.toString());
                line.setLength(0);
            } else if ((next < ' ' && next != '\t') || next == 0x7f) {
                throw new BadRequest("The request's head contains a control character.");
            } else {
                line.append((char) next);
            }
        }
        throw new BadRequest("The request's head is too large.");
    }

    private static Field field(String line) throws BadRequest {
        var colon = line.indexOf(':');
        // A name with a space before the colon, or a folded line, has no valid token here.
        if (colon < 1 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
            throw new BadRequest("A field of the request is malformed.");
        }
        return new Field(
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).strip());
    }

    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }

    static byte[] bytes(String head) {
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
