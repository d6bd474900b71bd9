package dev.cloister.cli.terminal;

import java.time.Duration;
import java.time.Instant;

/** Times as people say them. */
public final class Ages {
    private Ages() {}

    /** How long ago a time was, in its largest unit; empty for a time that never came. */
    public static String since(Instant time, Instant now) {
        if (time.isBefore(Instant.EPOCH)) {
            return "";
        }
        var age = Duration.between(time, now);
        if (age.toDays() > 0) {
            return age.toDays() + "d ago";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h ago";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + "m ago" : Math.max(0, age.toSeconds()) + "s ago";
    }
}
