package dev.cloister.server.build;

import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the routes of logs have in common. */
public final class JobLogRoutes {
    private JobLogRoutes() {}

    /** Says what the parameters of a log's route mean. */
    public static Operation described(Operation operation) {
        return operation
                .query("after", Long.class, "the number of the line after which to begin")
                .query("before", Long.class, "the number of the line before which to end")
                .query("follow", Boolean.class, "whether to go on until the job ends; needs a WebSocket")
                .query("format", String.class, "json or text");
    }

    /** The number of the line after which to begin; 0 for the first. */
    public static long after(Request request) {
        return request.number("after", 0, -1, Long.MAX_VALUE);
    }

    /** The number of the line before which to end; 0 for no end. */
    public static long before(Request request) {
        return request.number("before", 0, 0, Long.MAX_VALUE);
    }

    /** Refuses to follow without a WebSocket. */
    public static void requireWhole(Request request) {
        if (request.flag("follow")) {
            throw new Failure.Invalid("Following a log needs a WebSocket: send an RFC 6455 upgrade request.");
        }
    }

    /** The lines in the form asked for: JSON, or plain text for people. */
    public static Response answer(Request request, List<ProvisionerJobLog> lines) {
        String format = request.query("format").orElse("json");
        return switch (format) {
            case "json" -> Response.ok(lines);
            case "text" -> Response.bytes(200, "text/plain; charset=utf-8", text(lines));
            default -> throw new Failure.Invalid("Validation failed.", "format", "Must be json or text.");
        };
    }

    private static byte[] text(List<ProvisionerJobLog> lines) {
        var text = new StringBuilder();
        for (ProvisionerJobLog line : lines) {
            text.append(line.createdAt())
                    .append(" [")
                    .append(line.logLevel().name().toLowerCase(Locale.ROOT))
                    .append("] [")
                    .append(line.stage())
                    .append("] ")
                    .append(line.output())
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
