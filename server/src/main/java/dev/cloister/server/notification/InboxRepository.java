package dev.cloister.server.notification;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.InboxNotification;
import dev.cloister.contract.api.InboxNotificationAction;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The rows of people's inboxes. */
public final class InboxRepository {
    private static UUID owner(OwnedPermit permit, Action use) {
        return permit.ownerFor(use, ResourceType.INBOX_NOTIFICATION);
    }

    /** Where a page begins: before this one. */
    record Place(Instant createdAt, UUID id) {}

    /**
     * A page, newest first.
     *
     * @param before null for the newest
     */
    List<InboxNotification> page(ReadTx tx, OwnedPermit permit, InboxFilter filter, @Nullable Place before, int limit) {
        var query = tx.query(
                """
                SELECT * FROM inbox_notifications
                WHERE user_id = :user AND %s%s
                ORDER BY created_at DESC, id DESC LIMIT :limit""".formatted(filter.sql(), before == null ? "" : " AND (created_at, id) < (:created, :before)"));
        if (before != null) {
            query.bind("created", before.createdAt()).bind("before", before.id());
        }
        return filter.bind(query)
                .bind("user", owner(permit, Action.READ))
                .bind("limit", limit)
                .map(InboxRepository::notification)
                .list();
    }

    /** Those that came since, the oldest first. */
    List<InboxNotification> since(ReadTx tx, OwnedPermit permit, InboxFilter filter, Instant since, int limit) {
        return filter.bind(tx.query("""
                        SELECT * FROM inbox_notifications
                        WHERE user_id = :user AND created_at >= :since AND %s
                        ORDER BY created_at, id LIMIT :limit""".formatted(filter.sql())))
                .bind("user", owner(permit, Action.READ))
                .bind("since", since)
                .bind("limit", limit)
                .map(InboxRepository::notification)
                .list();
    }

    Optional<Place> place(ReadTx tx, OwnedPermit permit, UUID id) {
        return tx.query("SELECT created_at FROM inbox_notifications WHERE id = :id AND user_id = :user")
                .bind("id", id)
                .bind("user", owner(permit, Action.READ))
                .mapTo(Instant.class)
                .findOne()
                .map(createdAt -> new Place(createdAt, id));
    }

    int unread(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("SELECT count(*) FROM inbox_notifications WHERE user_id = :user AND read_at IS NULL")
                .bind("user", owner(permit, use))
                .mapTo(Integer.class)
                .one();
    }

    /** Marks one of the person's own; empty where it is not. */
    Optional<InboxNotification> mark(WriteTx tx, OwnedPermit permit, UUID id, @Nullable Instant readAt) {
        return tx.query("""
                UPDATE inbox_notifications
                SET read_at = CASE WHEN :read::timestamptz IS NULL THEN NULL ELSE coalesce(read_at, :read) END
                WHERE id = :id AND user_id = :user RETURNING *""")
                .bindByType("read", readAt, Instant.class)
                .bind("id", id)
                .bind("user", owner(permit, Action.UPDATE))
                .map(InboxRepository::notification)
                .findOne();
    }

    void markAllRead(WriteTx tx, OwnedPermit permit, Instant now) {
        tx.update("UPDATE inbox_notifications SET read_at = :now WHERE user_id = :user AND read_at IS NULL")
                .bind("now", now)
                .bind("user", owner(permit, Action.UPDATE))
                .execute();
    }

    /** Puts a message into the inbox of its recipient, as the queue says: nobody's request decides it. */
    public void insert(
            WriteTx tx,
            Message message,
            String title,
            String content,
            List<InboxNotificationAction> actions,
            Instant now) {
        tx.update("""
                INSERT INTO inbox_notifications (id, user_id, template_id, targets, title, content, icon, actions,
                    created_at)
                VALUES (:id, :user, :template, :targets, :title, :content, :icon, :actions::jsonb, :now)
                ON CONFLICT (id) DO NOTHING""")
                .bind("id", message.id())
                .bind("user", message.recipient().id())
                .bind("template", message.occasion().id())
                .bindArray("targets", UUID.class, message.targets().toArray())
                .bind("title", title)
                .bind("content", content)
                .bind("icon", message.occasion().icon())
                .bind("actions", ApiJson.mapper().writeValueAsString(actions))
                .bind("now", now)
                .execute();
    }

    /** Forgets those that came before {@code then}. */
    public int forget(WriteTx tx, Instant then) {
        return tx.update("DELETE FROM inbox_notifications WHERE created_at < :then")
                .bind("then", then)
                .execute();
    }

    private static InboxNotification notification(ResultSet row, StatementContext context) throws SQLException {
        return new InboxNotification(
                Columns.id(row, "id"),
                Columns.id(row, "user_id"),
                Columns.id(row, "template_id"),
                List.of((UUID[]) row.getArray("targets").getArray()),
                row.getString("title"),
                row.getString("content"),
                row.getString("icon"),
                ApiJson.mapper()
                        .readValue(row.getString("actions"), new TypeReference<List<InboxNotificationAction>>() {}),
                Columns.instantOrNull(row, "read_at"),
                Columns.instant(row, "created_at"));
    }
}
