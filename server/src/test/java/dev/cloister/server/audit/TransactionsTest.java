package dev.cloister.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.connection.Polling;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.testing.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change, its events and its announcements happen together or not at all, although they are sent at once. */
class TransactionsTest {
    private static final Caller CALLER = new Caller.Job("test", Set.of(), Origin.internal());

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private TestDatabase database;
    private Transactions transactions;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        database.execute("CREATE TABLE things (name text PRIMARY KEY CHECK (name <> 'forbidden'))");
        database.events().subscribe(Topics.WORKSPACE_CHANGED, heard::add);
        Polling.until("heard", () -> database.events().freshness().mark() >= 0);
        transactions = new Transactions(
                database.database(),
                new AuditRepository(),
                new AuditLines(),
                database.events().freshness(),
                Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private static AuditEvent event(String target) {
        return new AuditEvent(
                AuditAction.WRITE, AuditedType.WORKSPACE, null, target, null, Map.of(), 200, Map.of(), null);
    }

    private void change(String thing, List<AuditEvent> events) {
        transactions.change(CALLER, tx -> {
            tx.update("INSERT INTO things (name) VALUES (:name)")
                    .bind("name", thing)
                    .execute();
            tx.lastly("INSERT INTO things (name) VALUES (:last)").bind("last", thing + "-last");
            tx.announce(Topics.WORKSPACE_CHANGED, thing);
            return Changed.to(thing, events);
        });
    }

    private String things() {
        return database.look("SELECT coalesce(string_agg(name, ' ' ORDER BY name), '') FROM things");
    }

    private String events() {
        return database.look("SELECT count(*) FROM audit_events");
    }

    @Test
    void aChangeItsEventAndItsAnnouncementHappenTogether() {
        change("one", List.of(event("one")));
        assertThat(things()).isEqualTo("one one-last");
        assertThat(events()).isEqualTo("1");
        Polling.until("announced", () -> heard.contains("one"));
    }

    @Test
    void whereTheEventCannotBeStoredNothingHappens() {
        // No text in PostgreSQL has this character.
        assertThatThrownBy(() -> change("one", List.of(event("one"), event("\0"))))
                .isInstanceOf(Failure.Invalid.class);
        database.execute("ALTER TABLE audit_events ADD CHECK (resource_target <> 'unstorable')");
        assertThatThrownBy(() -> change("two", List.of(event("two"), event("unstorable"))))
                .isInstanceOf(RuntimeException.class);
        assertThat(things()).isEmpty();
        assertThat(events()).isEqualTo("0");
        change("three", List.of(event("three")));
        Polling.until("announced", () -> heard.contains("three"));
        assertThat(heard).containsExactly("three");
    }

    @Test
    void whereTheLastStatementFailsNothingHappens() {
        database.execute("INSERT INTO things (name) VALUES ('one-last')");
        assertThatThrownBy(() -> change("one", List.of(event("one")))).isInstanceOf(RuntimeException.class);
        assertThat(things()).isEqualTo("one-last");
        assertThat(events()).isEqualTo("0");
    }

    @Test
    void whatFailedAndWasOverlookedIsNotCommitted() {
        assertThatThrownBy(() -> transactions.change(CALLER, tx -> {
                    tx.update("INSERT INTO things (name) VALUES ('good')").execute();
                    try {
                        tx.update("INSERT INTO things (name) VALUES ('forbidden')")
                                .execute();
                    } catch (RuntimeException overlooked) {
                        // as a careless caller would do
                    }
                    return Changed.to("", event("good"));
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(things()).isEmpty();
        assertThat(events()).isEqualTo("0");
    }

    @Test
    void allEventsOfALargeChangeAreStoredInTheirOrder() {
        change("many", IntStream.range(0, 50).mapToObj(n -> event("thing " + n)).toList());
        assertThat(events()).isEqualTo("50");
        assertThat(database.look(
                        "SELECT string_agg(resource_target, ',' ORDER BY sequence) FROM audit_events WHERE sequence <="
                                + " (SELECT min(sequence) + 2 FROM audit_events)"))
                .isEqualTo("thing 0,thing 1,thing 2");
    }

    @Test
    void nothingWrittenByAReaderIsKept() {
        assertThatThrownBy(() -> transactions.read(tx -> tx.query("INSERT INTO things VALUES ('x') RETURNING name")
                        .mapTo(String.class)
                        .one()))
                .isInstanceOf(Failure.Unavailable.class);
        assertThat(things()).isEmpty();
    }
}
