package dev.cloister.server.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/**
 * How often one caller may ask one route. People are counted by their id, so that a company behind one address is not
 * one caller; everybody else by address.
 */
public final class RateLimits {
    private static final int MAX_CALLERS = 100_000;

    private final long perMinute;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_CALLERS)
            .expireAfterAccess(Duration.ofMinutes(5))
            .build();

    /** @param perMinute how many requests one caller may send to one route in a minute; 0 for no limit */
    public RateLimits(long perMinute) {
        this.perMinute = perMinute;
    }

    /** Whether the operator wants no limits on how often one may ask. */
    public boolean isOff() {
        return perMinute <= 0;
    }

    /**
     * Counts a request.
     *
     * @param wantsBypass whether the caller asked not to be counted, which those may who could change the limit
     * @return what is left, empty where nothing is counted
     * @throws Failure.TooMany when nothing is left
     */
    Optional<Left> check(Caller caller, Route route, boolean wantsBypass) {
        if (perMinute <= 0 || caller instanceof Caller.Agent || caller instanceof Caller.Job) {
            return Optional.empty();
        }
        if (wantsBypass && Authorizer.mayEver(caller, Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG)) {
            return Optional.empty();
        }
        String who = caller instanceof Caller.User user
                ? "user " + user.subject().id()
                : "address " + caller.origin().address();
        return Optional.of(takeOne(who + ' ' + route.method() + ' ' + route.path(), perMinute));
    }

    /**
     * What is left for a caller.
     *
     * @param limit how many a minute
     * @param remaining how many at once
     * @param full when all of them are there again
     */
    record Left(long limit, long remaining, Duration full) {}

    /**
     * Takes one of {@code limit} a minute for {@code key}.
     *
     * @throws Failure.TooMany when they are used up
     */
    public void take(String key, long limit) {
        takeOne(key, limit);
    }

    private Left takeOne(String key, long limit) {
        var bucket = buckets.get(
                key,
                ignored -> Bucket.builder()
                        .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, Duration.ofMinutes(1)))
                        .build());
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw new Failure.TooMany(
                    "You've been rate limited. Try again later.", Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
        return new Left(limit, probe.getRemainingTokens(), Duration.ofNanos(probe.getNanosToWaitForReset()));
    }
}
