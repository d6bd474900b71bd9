package dev.cloister.server.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes PostgreSQL's log on to the server's own, and remembers the last lines to explain a failed start. */
final class ServerOutput {
    private static final Logger LOG = LoggerFactory.getLogger(ServerOutput.class);
    private static final int LINES_KEPT = 40;
    private static final int LONGEST_LINE = 4096;

    /** What each connection is told while PostgreSQL starts or stops. */
    private static final Pattern EVERYDAY = Pattern.compile(
            "terminating connection|the database system is (starting up|shutting down|not yet accepting)");

    private final Deque<String> last = new ArrayDeque<>();

    /** Reads until the process ends; PostgreSQL would stop at a full pipe. */
    void readAll(InputStream stream) {
        try (var in = new BufferedInputStream(stream)) {
            var line = new ByteArrayOutputStream();
            for (var next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    accept(line.toString(UTF_8));
                    line.reset();
                } else if (line.size() < LONGEST_LINE) {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                accept(line.toString(UTF_8));
            }
        } catch (IOException closedByStop) {
            LOG.debug("PostgreSQL's output was closed", closedByStop);
        }
    }

    private void accept(String line) {
        if (EVERYDAY.matcher(line).find()) {
            LOG.debug("PostgreSQL: {}", line);
            return;
        }
        remember(line);
        if (line.startsWith("PANIC:")) {
            LOG.error("PostgreSQL: {}", line);
        } else if (line.startsWith("WARNING:") || line.startsWith("FATAL:")) {
            LOG.warn("PostgreSQL: {}", line);
        } else {
            LOG.debug("PostgreSQL: {}", line);
        }
    }

    private void remember(String line) {
        synchronized (last) {
            last.addLast(line);
            if (last.size() > LINES_KEPT) {
                last.removeFirst();
            }
        }
    }

    List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }
}
