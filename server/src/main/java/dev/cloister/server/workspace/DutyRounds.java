package dev.cloister.server.workspace;

import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Rounds;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round all duties again and again. Every server does; the lock of a workspace's row lets one of them act, and what
 * it did makes the workspace no longer due for the others.
 */
final class DutyRounds implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(DutyRounds.class);

    private final Transactions transactions;
    private final DueRepository repository;
    private final List<Duty> duties;
    private final Clock clock;
    private final Rounds rounds = new Rounds("workspace-duties", LOOK_AGAIN, this::look);

    DutyRounds(Transactions transactions, DueRepository repository, List<Duty> duties, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.duties = List.copyOf(duties);
        this.clock = clock;
    }

    void start() {
        rounds.startLater();
    }

    /** One round. */
    void look() {
        for (Duty duty : duties) {
            look(duty);
        }
    }

    private void look(Duty duty) {
        try {
            List<WorkspaceId> due = transactions.read(tx -> repository.find(tx, duty.due(), clock.instant()));
            due.forEach(id -> act(duty, id));
        } catch (Failure.Unavailable e) {
            LOG.debug("no database just now");
        } catch (RuntimeException e) {
            LOG.error("{}: looking for workspaces failed", duty.caller().name(), e);
        }
    }

    /** One workspace that resists does not keep the others from their turn. */
    private static void act(Duty duty, WorkspaceId id) {
        try {
            duty.act(id);
        } catch (Failure.Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{}: workspace {} was left as it is", duty.caller().name(), id.value(), e);
        }
    }

    @Override
    public void close() {
        rounds.close();
    }
}
