package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values by which this API says "unset" where its JSON has no null. */
public final class ZeroValues {
    /** The first instant of the year 1: a time that never came, for example of a user who was never seen. */
    public static final Instant TIME = Instant.parse("0001-01-01T00:00:00Z");

    /** The identifier of nothing. */
    public static final UUID ID = new UUID(0, 0);

    private ZeroValues() {}

    /** Null for the all-zero identifier, which existing clients send instead of leaving a field out. */
    public static @Nullable UUID absentIfZero(@Nullable UUID id) {
        return ID.equals(id) ? null : id;
    }
}
