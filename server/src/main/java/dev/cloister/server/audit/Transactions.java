package dev.cloister.server.audit;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.sql.Database;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The only door to the database for features. A write cannot happen without saying what it is on the audit log: the
 * events are stored in the same transaction, and if they cannot be stored the change does not happen.
 */
public final class Transactions {
    private final Database database;
    private final AuditRepository repository;
    private final AuditLines lines;
    private final Clock clock;

    public Transactions(Database database, AuditRepository repository, AuditLines lines, Clock clock) {
        this.database = database;
        this.repository = repository;
        this.lines = lines;
        this.clock = clock;
    }

    /** Reads in one transaction. */
    public <T> T read(Function<ReadTx, T> work) {
        return database.read(work);
    }

    /** Fails where no statement runs just now. */
    public void ping() {
        database.ping();
    }

    /** Changes something on the caller's authority. May run again after a collision: no effects outside the transaction. */
    public <T> T change(Caller caller, Function<WriteTx, Changed<T>> work) {
        var stored = new ArrayList<StoredEvent>();
        T value = database.write(handle -> {
            stored.clear();
            var tx = new WriteTx(handle);
            Changed<T> changed = work.apply(tx);
            stored.addAll(store(tx, caller, changed.events()));
            return changed.value();
        });
        stored.forEach(lines::write);
        return value;
    }

    /** Records something that changed nothing in the database: a failed login, a refusal, a connection. */
    public void record(Caller caller, AuditEvent event) {
        change(caller, tx -> Changed.to(event, event));
    }

    private List<StoredEvent> store(WriteTx tx, Caller caller, List<AuditEvent> events) {
        return events.stream()
                .map(event -> StoredEvent.of(event, caller, clock.instant()))
                .peek(event -> repository.append(tx, event))
                .toList();
    }
}
