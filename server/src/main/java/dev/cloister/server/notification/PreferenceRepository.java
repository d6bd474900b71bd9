package dev.cloister.server.notification;

import dev.cloister.contract.api.NotificationPreference;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of what people chose. */
final class PreferenceRepository {
    private static UUID owner(OwnedPermit permit, Action use) {
        return permit.ownerFor(use, ResourceType.NOTIFICATION_PREFERENCE);
    }

    /** The username of whom it is about, empty for nobody. */
    Optional<String> username(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("SELECT username FROM users WHERE id = :user AND NOT deleted")
                .bind("user", owner(permit, use))
                .mapTo(String.class)
                .findOne();
    }

    List<NotificationPreference> list(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("""
                SELECT template_id, disabled, updated_at FROM notification_preferences WHERE user_id = :user
                ORDER BY template_id""")
                .bind("user", owner(permit, use))
                .map((row, context) -> new NotificationPreference(
                        Columns.id(row, "template_id"), row.getBoolean("disabled"), Columns.instant(row, "updated_at")))
                .list();
    }

    void put(WriteTx tx, OwnedPermit permit, Occasion occasion, boolean disabled, Instant now) {
        tx.update("""
                INSERT INTO notification_preferences (user_id, template_id, disabled, created_at, updated_at)
                VALUES (:user, :template, :disabled, :now, :now)
                ON CONFLICT (user_id, template_id) DO UPDATE SET disabled = :disabled, updated_at = :now""")
                .bind("user", owner(permit, Action.UPDATE))
                .bind("template", occasion.id())
                .bind("disabled", disabled)
                .bind("now", now)
                .execute();
    }
}
