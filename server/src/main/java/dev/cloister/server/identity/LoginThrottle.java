package dev.cloister.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.RateLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Slows down guessing. Per address a number of attempts a minute; per account and address a pause that doubles after
 * the fifth failure, up to 15 minutes. The account alone is not locked, or anybody could lock anybody out.
 */
public final class LoginThrottle {
    private static final int FREE_FAILURES = 5;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final RateLimits limits;
    private final long perMinute;
    private final Clock clock;
    private final Cache<String, Failures> failures = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    private record Failures(int count, Instant blockedUntil) {}

    /** @param perMinute how many attempts an address has in a minute; 0 for no limit */
    public LoginThrottle(RateLimits limits, long perMinute, Clock clock) {
        this.limits = limits;
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** Throws {@link Failure.TooMany} where this attempt comes too soon. */
    void beforeLogin(String email, String address) {
        if (perMinute > 0) {
            limits.take("login " + address, perMinute);
        }
        Failures past = failures.getIfPresent(key(email, address));
        if (past != null && clock.instant().isBefore(past.blockedUntil())) {
            throw new Failure.TooMany(
                    "Too many failed attempts to sign in. Try again later.",
                    Duration.between(clock.instant(), past.blockedUntil()));
        }
    }

    void failed(String email, String address) {
        failures.asMap().compute(key(email, address), (ignored, past) -> {
            int count = past == null ? 1 : past.count() + 1;
            long seconds = count < FREE_FAILURES ? 0 : 1L << Math.min(count - FREE_FAILURES, 20);
            Duration pause = Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
            return new Failures(count, clock.instant().plus(pause));
        });
    }

    void succeeded(String email, String address) {
        failures.invalidate(key(email, address));
    }

    private static String key(String email, String address) {
        return email.toLowerCase(Locale.ROOT) + " " + address;
    }
}
