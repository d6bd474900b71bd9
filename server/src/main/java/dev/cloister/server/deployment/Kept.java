package dev.cloister.server.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is costly to find, kept for a while: many askers must not make many findings. */
final class Kept<T> {
    private final Duration fresh;
    private final Clock clock;
    private final Supplier<T> source;
    private @Nullable T value;
    private Instant until = Instant.MIN;

    Kept(Duration fresh, Clock clock, Supplier<T> source) {
        this.fresh = fresh;
        this.clock = clock;
        this.source = source;
    }

    /** The value, found anew where it is too old or where {@code force} says so; whoever comes meanwhile waits for it. */
    synchronized T get(boolean force) {
        T known = value;
        if (known == null || force || !clock.instant().isBefore(until)) {
            known = source.get();
            value = known;
            until = clock.instant().plus(fresh);
        }
        return known;
    }
}
