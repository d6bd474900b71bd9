package dev.cloister.server.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.connection.Polling;
import dev.cloister.server.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    private TestDatabase database;
    private Events events;
    private Freshness freshness;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        // As of another server: it hears only what the database says.
        events = new Events(database.url(), database.username(), database.password());
        freshness = events.freshness();
        heard();
    }

    @AfterEach
    void stop() {
        events.close();
        database.close();
    }

    private void heard() {
        Polling.until("the database is heard", () -> freshness.mark() != Freshness.NEVER);
    }

    @Test
    void whatAnotherServerAnnouncesMakesDoubtfulWhatWasRead() {
        for (String topic : Topics.RIGHTS) {
            long mark = freshness.mark();
            assertThat(freshness.holds(mark)).isTrue();
            database.execute("SELECT pg_notify('cloister_events', '" + topic + " somebody')");
            Polling.until("doubtful", () -> !freshness.holds(mark));
        }
    }

    @Test
    void otherNewsChangeNothing() {
        long mark = freshness.mark();
        var heard = new java.util.concurrent.Semaphore(0);
        events.subscribe(Topics.JOB_WAITING, ignored -> heard.release());
        database.execute("SELECT pg_notify('cloister_events', 'job-waiting one')");
        Polling.until("the news", heard::tryAcquire);
        assertThat(freshness.holds(mark)).isTrue();
    }

    @Test
    void whatWasReadBeforeTheConnectionWasLostIsNotBelievedAfterwards() {
        long mark = freshness.mark();
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = '" + events.name() + "' AND datname = current_database()");
        Polling.until("doubtful", () -> !freshness.holds(mark));
        heard();
        assertThat(freshness.holds(mark)).isFalse();
    }

    @Test
    void nothingIsBelievedWhileTheDatabaseIsNotHeard() {
        long mark = freshness.mark();
        events.close();
        assertThat(freshness.holds(mark)).isFalse();
        assertThat(freshness.mark()).isEqualTo(Freshness.NEVER);
        assertThat(freshness.holds(Freshness.NEVER)).isFalse();
    }
}
