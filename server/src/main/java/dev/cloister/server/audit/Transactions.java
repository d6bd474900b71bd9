package dev.cloister.server.audit;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Database;
import dev.cloister.server.platform.sql.Freshness;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.SqlStates;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only door to the database for features. A write cannot happen without saying what it is on the audit log: the
 * events are stored in the same transaction, and if they cannot be stored the change does not happen.
 */
public final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Database database;
    private final AuditRepository repository;
    private final AuditLines lines;
    private final Freshness freshness;
    private final Clock clock;
    private volatile Runnable onStored = () -> {};

    /** @param freshness is told of every change of credentials and rights before it is answered */
    public Transactions(
            Database database, AuditRepository repository, AuditLines lines, Freshness freshness, Clock clock) {
        this.database = database;
        this.repository = repository;
        this.lines = lines;
        this.freshness = freshness;
        this.clock = clock;
    }

    /** Says what is told whenever events have been committed by this process. It must be quick. */
    public void whenStored(Runnable listener) {
        onStored = listener;
    }

    /** Reads; each statement sees what was committed before it. */
    public <T> T read(Function<ReadTx, T> work) {
        return database.read(work);
    }

    /** Fails where no statement runs just now. */
    public void ping() {
        database.ping();
    }

    /** Changes something on the caller's authority. May run again after a collision: no effects outside the transaction. */
    public <T> T change(Caller caller, Function<WriteTx, Changed<T>> work) {
        var attempt = new Attempt();
        T value;
        try {
            value = database.write(handle -> {
                var tx = attempt.begin(new WriteTx(handle));
                Changed<T> changed = work.apply(tx);
                attempt.stored(store(caller, changed.events()));
                finish(tx, attempt.events());
                return changed.value();
            });
        } finally {
            // Whatever became of it: where the answer to the commit was lost, it may have happened.
            if (attempt.touchesRights()) {
                freshness.changed();
            }
        }
        if (!attempt.events().isEmpty()) {
            attempt.events().forEach(lines::write);
            onStored.run();
        }
        return value;
    }

    /** Records something that changed nothing in the database: a failed login, a refusal, a connection. */
    public void record(Caller caller, AuditEvent event) {
        change(caller, tx -> Changed.to(event, event));
    }

    /** What is not on the log does not happen: whatever keeps the events from being stored undoes the change. */
    private void finish(WriteTx tx, List<StoredEvent> events) {
        try {
            repository.finish(tx, events);
        } catch (RuntimeException e) {
            boolean byLastStatement = tx.last().isPresent() && SqlStates.isIntegrityViolation(e);
            if (events.isEmpty() || byLastStatement || SqlStates.isExplained(e)) {
                throw e;
            }
            LOG.error("an audit event could not be stored, and what it says was not done", e);
            throw new Failure.Unavailable(
                    "The audit log cannot be written just now, so nothing was changed. Try again in a moment.");
        }
    }

    private List<StoredEvent> store(Caller caller, List<AuditEvent> events) {
        return events.stream()
                .map(event -> StoredEvent.of(event, caller, clock.instant()))
                .toList();
    }

    /** What the latest try of a change has done so far. */
    private static final class Attempt {
        private @Nullable WriteTx tx;
        private List<StoredEvent> events = List.of();

        WriteTx begin(WriteTx begun) {
            tx = begun;
            events = List.of();
            return begun;
        }

        void stored(List<StoredEvent> all) {
            events = all;
        }

        List<StoredEvent> events() {
            return events;
        }

        boolean touchesRights() {
            return (tx != null && tx.announcedRights())
                    || events.stream().anyMatch(stored -> stored.event().touchesRights());
        }
    }
}
