package dev.cloister.server.audit.sink;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a sink is.
 *
 * @param cursor the index of the first event that was not taken yet
 * @param size how many events have places in the log
 * @param oldestWaiting when the event at the cursor happened, null where nothing waits
 */
record SinkStatus(
        Sink sink,
        long cursor,
        long size,
        @Nullable Instant oldestWaiting,
        int failures,
        String lastError,
        @Nullable Instant lastErrorAt,
        @Nullable Instant lastSuccessAt) {
    /** A copy that is this far behind is worth a warning. */
    static final Duration LATE = Duration.ofMinutes(5);

    static final int FAILING = 3;

    long lag() {
        return Math.max(0, size - cursor);
    }

    long lagSeconds(Instant now) {
        return oldestWaiting == null
                ? 0
                : Math.max(0, Duration.between(oldestWaiting, now).toSeconds());
    }

    String state(Instant now) {
        if (!sink.enabled()) {
            return "paused";
        }
        if (failures >= FAILING) {
            return "failing";
        }
        return lagSeconds(now) > LATE.toSeconds() ? "lagging" : "ok";
    }
}
