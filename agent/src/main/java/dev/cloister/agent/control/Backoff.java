package dev.cloister.agent.control;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: doubling from the first delay to the longest, each drawn at random from its
 * upper half, so that agents that lost the same server do not return in step.
 */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int attempts;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    public Duration next() {
        int doublings = Math.min(attempts++, 30);
        long full = Math.min(longest.toMillis(), first.toMillis() << doublings);
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }

    /** After a success: the next failure starts from the first delay again. */
    public void reset() {
        attempts = 0;
    }
}
