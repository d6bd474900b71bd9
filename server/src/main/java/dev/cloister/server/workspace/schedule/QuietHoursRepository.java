package dev.cloister.server.workspace.schedule;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.UUID;

/** The quiet hours of people. */
public final class QuietHoursRepository {
    QuietHours get(ReadTx tx, Permit<UserId> permit) {
        return tx.query("SELECT id, username, quiet_hours_schedule FROM users WHERE id = :id")
                .bind("id", permit.idFor(permit.action()).value())
                .map((row, context) -> new QuietHours(
                        row.getObject("id", UUID.class),
                        row.getString("username"),
                        row.getString("quiet_hours_schedule")))
                .one();
    }

    void set(WriteTx tx, Permit<UserId> permit, String schedule, Instant now) {
        tx.update("UPDATE users SET quiet_hours_schedule = :schedule, updated_at = :now WHERE id = :id")
                .bind("id", permit.idFor(Action.UPDATE_PERSONAL).value())
                .bind("schedule", schedule)
                .bind("now", now)
                .execute();
    }

    /** What the owner of a workspace that was reached with a permit or a job chose; empty for nothing. */
    String ofOwner(ReadTx tx, UUID owner) {
        return tx.query("SELECT quiet_hours_schedule FROM users WHERE id = :id")
                .bind("id", owner)
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }
}
