package dev.cloister.server.platform.postgres;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals PostgreSQL gives a meaning to; Java itself can send only TERM, which would wait for every client. */
enum Signal {
    /** Ends sessions, writes a checkpoint, leaves. */
    FAST_SHUTDOWN("INT"),
    /** Leaves at once; the next start recovers from the log. */
    IMMEDIATE_SHUTDOWN("QUIT"),
    KILL("KILL");

    private static final Logger LOG = LoggerFactory.getLogger(Signal.class);

    private final String unixName;

    Signal(String unixName) {
        this.unixName = unixName;
    }

    void send(long pid) throws InterruptedException {
        try {
            var command = List.of("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", unixName, Long.toString(pid));
            ShortCommand.run(Duration.ofSeconds(5), "", command);
        } catch (EmbeddedPostgresException e) {
            LOG.warn("The signal {} could not be sent to process {}: {}", unixName, pid, e.getMessage());
        }
    }
}
