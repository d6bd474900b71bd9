package dev.cloister.agent.control;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Instants and durations between the JDK's and the protocol's form. */
public final class Times {
    private Times() {}

    public static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** The protocol's duration within the two bounds, which apply to nonsense too. */
    public static Duration within(com.google.protobuf.Duration value, Duration least, Duration most) {
        long seconds = Math.clamp(value.getSeconds(), 0, most.toSeconds());
        var duration = Duration.ofSeconds(seconds, Math.clamp(value.getNanos(), 0, 999_999_999));
        return duration.compareTo(least) < 0 ? least : duration.compareTo(most) > 0 ? most : duration;
    }

    /** As {@link #within}, with {@code unset} for a duration of zero. */
    public static Duration orElse(com.google.protobuf.Duration value, Duration unset, Duration least, Duration most) {
        boolean zero = value.getSeconds() == 0 && value.getNanos() == 0;
        return zero ? unset : within(value, least, most);
    }
}
