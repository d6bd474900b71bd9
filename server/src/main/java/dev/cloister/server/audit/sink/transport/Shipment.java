package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A batch: events of consecutive places, then a signed head.
 *
 * @param log the name of the log
 * @param first the index of the first event
 * @param next the index after the last one; the same where there is only a head
 * @param json whether each line is a JSON object
 */
public record Shipment(String log, long first, long next, boolean json, List<Line> lines) {
    public Shipment {
        lines = List.copyOf(lines);
    }

    /** Each line with a line break. */
    byte[] text() {
        var out = new ByteArrayOutputStream(lines.size() * 2048);
        for (Line line : lines) {
            out.writeBytes(line.text().getBytes(UTF_8));
            out.write('\n');
        }
        return out.toByteArray();
    }

    String mediaType() {
        return json ? "application/x-ndjson" : "text/plain; charset=utf-8";
    }
}
