package dev.cloister.server.connection.agent;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times that an agent reports. Its clock is not ours, and it is not trusted. */
final class ReportedTimes {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration BEHIND = Duration.ofDays(2);

    private ReportedTimes() {}

    /** The reported time where it can be true, else {@code now}. */
    static Instant read(Timestamp reported, Instant now) {
        long seconds = reported.getSeconds();
        boolean plausible = seconds > now.minus(BEHIND).getEpochSecond()
                && seconds < now.plus(AHEAD).getEpochSecond()
                && reported.getNanos() >= 0
                && reported.getNanos() < 1_000_000_000;
        return plausible ? Instant.ofEpochSecond(seconds, reported.getNanos()) : now;
    }
}
