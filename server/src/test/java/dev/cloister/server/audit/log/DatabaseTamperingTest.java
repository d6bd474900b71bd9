package dev.cloister.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.contract.proof.check.Verdict.Damage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The owner of the database alters it, past every trigger; the next export shows where. */
class DatabaseTamperingTest {
    private final LogWorld world = new LogWorld();

    @BeforeEach
    void fill() {
        world.events(600);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void isFound(Damage damage, long index) {
        assertThat(world.verify()).isInstanceOfSatisfying(Verdict.Wrong.class, wrong -> {
            assertThat(wrong.damage()).as(wrong.sentence()).isEqualTo(damage);
            assertThat(wrong.index()).as(wrong.sentence()).isEqualTo(index);
        });
    }

    private static final String REWRITE =
            "UPDATE audit_leaves SET entry = convert_to(replace(convert_from(entry, 'UTF8'),"
                    + " '\"open\"', '\"stop\"'), 'UTF8') WHERE log_index = ";

    @Test
    void aRewrittenEntry() {
        world.tamper(REWRITE + 400);
        isFound(Damage.CHANGED, 400);
    }

    @Test
    void aRewrittenValueThatPeopleSee() {
        world.tamper("UPDATE audit_events SET address = '198.51.100.1' WHERE sequence ="
                + " (SELECT sequence FROM audit_leaves WHERE log_index = 401)");
        isFound(Damage.CHANGED, 401);
    }

    private void isNamed(long index, String what) {
        isFound(Damage.CHANGED, index);
        assertThat(world.verify())
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class,
                        wrong -> assertThat(wrong.sentence()).contains(what));
    }

    private static String event(long index) {
        return " WHERE sequence = (SELECT sequence FROM audit_leaves WHERE log_index = " + index + ")";
    }

    @Test
    void aRewrittenColumnOfTheList() {
        for (var edit : Map.of(
                        "action", "'delete'",
                        "status_code", "500",
                        "time", "time - interval '1 day'",
                        "actor_id", "gen_random_uuid()",
                        "resource_type", "'template'",
                        "organization_id", "gen_random_uuid()")
                .entrySet()) {
            world.tamper(
                    "CREATE TABLE kept AS SELECT * FROM audit_events" + event(407),
                    "UPDATE audit_events SET " + edit.getKey() + " = " + edit.getValue() + event(407));
            isNamed(
                    407,
                    "the list that people read shows another " + edit.getKey().replace("actor_id", "user_id"));
            world.tamper(
                    "DELETE FROM audit_events" + event(407),
                    "INSERT INTO audit_events OVERRIDING SYSTEM VALUE SELECT * FROM kept",
                    "DROP TABLE kept");
        }
        assertThat(world.verify()).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void anEventThatIsGoneFromTheList() {
        world.tamper("DELETE FROM audit_events" + event(408));
        isNamed(408, "gone from the list");
    }

    @Test
    void aValueThatWasTakenOutAndNotErased() {
        world.tamper("UPDATE audit_events SET address = ''" + event(409));
        isNamed(409, "another ip");
    }

    @Test
    void aDeletedEntry() {
        world.tamper("DELETE FROM audit_leaves WHERE log_index = 402");
        isFound(Damage.DELETED, 402);
    }

    @Test
    void anInsertedEntryThatShiftsTheRest() {
        world.tamper(
                "UPDATE audit_leaves SET log_index = log_index + 100000 WHERE log_index >= 403",
                "UPDATE audit_leaves SET log_index = log_index - 99999 WHERE log_index >= 100000",
                "INSERT INTO audit_leaves SELECT 403, -1, replace(convert_from(entry, 'UTF8'), '200', '201')::bytea,"
                        + " salts FROM audit_leaves WHERE log_index = 404");
        isFound(Damage.INSERTED, 403);
    }

    @Test
    void reorderedEntries() {
        world.tamper(
                "UPDATE audit_leaves SET log_index = 999999 WHERE log_index = 10",
                "UPDATE audit_leaves SET log_index = 10 WHERE log_index = 20",
                "UPDATE audit_leaves SET log_index = 20 WHERE log_index = 999999");
        isFound(Damage.REORDERED, 10);
    }

    @Test
    void aCutOffEnd() {
        world.tamper("DELETE FROM audit_leaves WHERE log_index >= 590");
        isFound(Damage.TRUNCATED, 590);
        assertThatThrownBy(() -> world.events(1)).hasMessageContaining("not the one that was signed");
    }

    @Test
    void anEntryRewrittenWithItsHash() {
        world.tamper(
                REWRITE + 300,
                "UPDATE audit_tiles SET hashes = overlay(hashes PLACING (SELECT sha256('\\x00'::bytea || entry) FROM"
                        + " audit_leaves WHERE log_index = 300) FROM " + ((300 - 256) * Hash.BYTES + 1)
                        + ") WHERE level = 0 AND tile_index = 1");
        isFound(Damage.CHANGED, 256);
    }

    @Test
    void theNewestEntryRewrittenWithItsHash() {
        world.tamper(
                REWRITE + 599,
                "UPDATE audit_tiles SET hashes = overlay(hashes PLACING (SELECT sha256('\\x00'::bytea || entry) FROM"
                        + " audit_leaves WHERE log_index = 599) FROM " + ((599 - 512) * Hash.BYTES + 1)
                        + ") WHERE level = 0 AND tile_index = 2");
        isFound(Damage.REWRITTEN, 0);
        assertThatThrownBy(() -> world.events(1)).hasMessageContaining("not the one that was signed");
    }

    @Test
    void yesterdaysDatabase() {
        var today = world.head();
        world.tamper(
                "DELETE FROM audit_leaves WHERE log_index >= 512",
                "DELETE FROM audit_checkpoints WHERE size > 512",
                "DELETE FROM audit_tiles WHERE level = 0 AND tile_index = 2");
        assertThat(world.verify(today))
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class,
                        wrong -> assertThat(wrong.damage()).isIn(Damage.ROLLED_BACK, Damage.FORGED_CHECKPOINT));
        assertThatThrownBy(() -> world.events(1)).isInstanceOf(IllegalStateException.class);
    }
}
