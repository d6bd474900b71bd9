package dev.cloister.provisioner.egress;

import java.time.InstantSource;

/** Lets a few refusals a second through to the log and counts the others: a workspace must not be able to flood it. */
final class RefusalLimit {
    private static final int BURST = 20;
    private static final long MILLIS_EACH = 500;

    private final InstantSource clock;
    private double tokens = BURST;
    private long last;
    private long suppressed;

    RefusalLimit(InstantSource clock) {
        this.clock = clock;
        this.last = clock.millis();
    }

    /** The number suppressed since the last one told, or -1 when this one is to be suppressed too. */
    synchronized long take() {
        var now = clock.millis();
        tokens = Math.min(BURST, tokens + Math.max(0, now - last) / (double) MILLIS_EACH);
        last = now;
        if (tokens < 1) {
            suppressed++;
            return -1;
        }
        tokens--;
        var before = suppressed;
        suppressed = 0;
        return before;
    }
}
