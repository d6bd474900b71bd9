package dev.cloister.server.notification;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The rows of what the deployment decided. They have no owners: the right is on the whole. */
final class NotificationSettingRepository {
    NotificationsSwitch get(ReadTx tx) {
        return tx.query("SELECT paused FROM notification_settings")
                .mapTo(Boolean.class)
                .map(NotificationsSwitch::new)
                .one();
    }

    /** The row, locked until the transaction ends. */
    NotificationsSwitch lock(WriteTx tx) {
        return tx.query("SELECT paused FROM notification_settings FOR UPDATE")
                .mapTo(Boolean.class)
                .map(NotificationsSwitch::new)
                .one();
    }

    void put(WriteTx tx, NotificationsSwitch settings) {
        tx.update("UPDATE notification_settings SET paused = :paused")
                .bind("paused", settings.notifierPaused())
                .execute();
    }

    /** Methods by template, where they are not that of the deployment. */
    Map<UUID, String> methods(ReadTx tx) {
        var methods = new HashMap<UUID, String>();
        tx.query("SELECT template_id, method FROM notification_template_methods")
                .map((row, context) -> Map.entry(Columns.id(row, "template_id"), row.getString("method")))
                .forEach(entry -> methods.put(entry.getKey(), entry.getValue()));
        return methods;
    }

    void putMethod(WriteTx tx, TemplateMethod template) {
        if (template.method().isEmpty()) {
            tx.update("DELETE FROM notification_template_methods WHERE template_id = :id")
                    .bind("id", template.id())
                    .execute();
            return;
        }
        tx.update("""
                INSERT INTO notification_template_methods (template_id, method) VALUES (:id, :method)
                ON CONFLICT (template_id) DO UPDATE SET method = :method""")
                .bind("id", template.id())
                .bind("method", template.method())
                .execute();
    }
}
