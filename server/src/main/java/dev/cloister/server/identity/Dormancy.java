package dev.cloister.server.identity;

import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes accounts dormant that nobody used for a time. Signing in, or using a token, makes them active again. */
public final class Dormancy implements AutoCloseable {
    static final Caller.Right RIGHT = new Caller.Right(ResourceType.USER, Action.UPDATE);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(30);

    private final Transactions transactions;
    private final UserRepository users;
    private final long days;
    private final Clock clock;
    private final Rounds rounds = new Rounds("dormancy", LOOK_AGAIN, this::look);

    /** @param days without any activity; 0 for never */
    public Dormancy(Transactions transactions, UserRepository users, long days, Clock clock) {
        this.transactions = transactions;
        this.users = users;
        this.days = days;
        this.clock = clock;
    }

    /** Begins to look, now and from time to time. */
    public void start() {
        if (days > 0) {
            rounds.startNow();
        }
    }

    /** One look; returns how many accounts became dormant. */
    public int look() {
        int all = 0;
        int some;
        do {
            some = step();
            all += some;
        } while (some > 0);
        return all;
    }

    private int step() {
        var job = new Caller.Job("dormancy", Set.of(RIGHT), Origin.internal());
        return transactions.change(job, tx -> {
            var now = clock.instant();
            List<Account> quiet = users.fallAsleep(tx, job, now.minus(Duration.ofDays(days)), now);
            return quiet.isEmpty()
                    ? Changed.unaudited(0, Unaudited.NO_CHANGE)
                    : Changed.to(
                            quiet.size(),
                            quiet.stream()
                                    .map(before -> AuditEvent.updated(before, before.withStatus(UserStatus.DORMANT)))
                                    .toList());
        });
    }

    @Override
    public void close() {
        rounds.close();
    }
}
