package dev.cloister.server.insight;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The time of a report, in whole hours.
 *
 * @param start with the zone that the request gave it, in which days begin
 */
record Period(OffsetDateTime from, Instant start, Instant end) {
    private static final Duration LONGEST = Duration.ofDays(400);

    static Period of(Request request, Instant now) {
        OffsetDateTime from = time(request, "start_time");
        OffsetDateTime to = time(request, "end_time");
        if (!from.isBefore(to)) {
            throw invalid("end_time", "Must be after start_time.");
        }
        if (to.toInstant().isAfter(now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(1)))) {
            throw invalid("end_time", "Must not be in the future.");
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw invalid("start_time", "Must not be more than " + LONGEST.toDays() + " days before end_time.");
        }
        return new Period(from, from.toInstant(), to.toInstant());
    }

    private static OffsetDateTime time(Request request, String name) {
        String text = request.query(name).orElseThrow(() -> invalid(name, "Is required."));
        try {
            // A plus sign that was not encoded has become a space.
            OffsetDateTime time = OffsetDateTime.parse(text.replace(' ', '+'));
            if (!time.truncatedTo(ChronoUnit.HOURS).equals(time)) {
                throw invalid(name, "Must be a full hour.");
            }
            if (time.getYear() < 2000 || time.getYear() > 9000) {
                throw invalid(name, "Must be a time of this century.");
            }
            return time;
        } catch (DateTimeException e) {
            throw invalid(name, "Must be a time such as 2024-01-31T00:00:00Z.");
        }
    }

    /** The parts of so many days each; the last ends with the whole. */
    List<Period> parts(int days) {
        var parts = new ArrayList<Period>();
        for (OffsetDateTime at = from; at.toInstant().isBefore(end); at = at.plusDays(days)) {
            Instant next = at.plusDays(days).toInstant();
            parts.add(new Period(at, at.toInstant(), next.isBefore(end) ? next : end));
        }
        return parts;
    }

    Duration length() {
        return Duration.between(start, end);
    }

    static Failure invalid(String field, String problem) {
        return new Failure.Invalid("Query parameters have invalid values.", field, problem);
    }
}
