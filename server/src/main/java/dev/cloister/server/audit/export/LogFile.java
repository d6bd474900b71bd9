package dev.cloister.server.audit.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.audit.CanonicalJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes rows in one of the formats while they come. A file that ends before its last row has no end of its own in JSON,
 * and in the other formats the connection is broken off.
 */
public final class LogFile {
    private static final int BUFFER = 64 << 10;

    private final OutputStream out;
    private final ExportFormat format;
    private boolean empty = true;

    public LogFile(OutputStream out, ExportFormat format, List<String> columns) throws IOException {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.format = format;
        if (format == ExportFormat.CSV) {
            write(Csv.line(columns));
        }
    }

    /**
     * Writes a row.
     *
     * @param document the row in JSON
     * @param cells the row as a table has it, one for each column
     */
    public void row(Object document, List<String> cells) throws IOException {
        switch (format) {
            case CSV -> write(Csv.line(cells));
            case NDJSON -> write(json(document) + "\n");
            case JSON -> write((empty ? "[\n" : ",\n") + json(document));
        }
        empty = false;
    }

    /**
     * Writes all rows, read in pages so that their number is no matter, and the end.
     *
     * @param most how many rows a page has; a shorter one is the last
     * @param pages the rows after one, or the first of all
     */
    public <T> void all(
            int most,
            Function<Optional<T>, List<T>> pages,
            Function<T, Object> document,
            Function<T, List<String>> cells)
            throws IOException {
        var page = pages.apply(Optional.empty());
        while (!page.isEmpty()) {
            for (var row : page) {
                row(document.apply(row), cells.apply(row));
            }
            page = page.size() < most ? List.of() : pages.apply(Optional.of(page.getLast()));
        }
        end();
    }

    public void end() throws IOException {
        if (format == ExportFormat.JSON) {
            write(empty ? "[]\n" : "\n]\n");
        }
        out.flush();
    }

    private static String json(Object document) {
        return CanonicalJson.plain(ApiJson.mapper().writeValueAsString(document));
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
