package dev.cloister.server.audit.export;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import java.util.Locale;

/** The forms that a part of a log is exported in. */
public enum ExportFormat {
    /** One array. */
    JSON("application/json"),
    /** One object a line. */
    NDJSON("application/x-ndjson"),
    /** A table with the names of its columns, inert in every spreadsheet. */
    CSV("text/csv; charset=utf-8; header=present");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** What the query parameter {@code format} asks for, NDJSON where it is absent. */
    public static ExportFormat of(Request request) {
        return switch (request.query("format").orElse("ndjson")) {
            case "json" -> JSON;
            case "ndjson" -> NDJSON;
            case "csv" -> CSV;
            default ->
                throw new Failure.Invalid(
                        "Query parameters have invalid values.", "format", "Must be json, ndjson or csv.");
        };
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The answer that sends the file piece by piece.
     *
     * @param name the name of the file without its ending
     */
    public Response answer(String name, Response.Writer rows) {
        return Response.stream(200, mediaType, rows)
                .header("Content-Disposition", "attachment; filename=\"" + name + "." + wireName() + "\"");
    }
}
