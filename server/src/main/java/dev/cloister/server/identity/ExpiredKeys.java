package dev.cloister.server.identity;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Forgets sessions and tokens a week after they have ended: until then their holders can see that they have. */
public final class ExpiredKeys implements AutoCloseable {
    static final Caller.Right RIGHT = new Caller.Right(ResourceType.API_KEY, Action.DELETE);

    /** How many rows one statement deletes, so that none is locked for long. */
    static final int AT_ONCE = 1000;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final ApiKeyRepository keys;
    private final Clock clock;
    private final Rounds rounds = new Rounds("expired-keys", LOOK_AGAIN, this::forget);

    ExpiredKeys(Transactions transactions, ApiKeyRepository keys, Clock clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.clock = clock;
    }

    /** Begins to look, from time to time. */
    public void start() {
        rounds.startLater();
    }

    /** One look; returns how many were forgotten. */
    public int forget() {
        int all = 0;
        int some;
        do {
            some = step();
            all += some;
        } while (some == AT_ONCE);
        return all;
    }

    private int step() {
        var job = new Caller.Job("expired-keys", Set.of(RIGHT), Origin.internal());
        return transactions.change(
                job,
                tx -> Changed.unaudited(
                        keys.forget(tx, job, clock.instant().minus(KEPT)), Unaudited.EXPIRED_CREDENTIAL));
    }

    @Override
    public void close() {
        rounds.close();
    }
}
