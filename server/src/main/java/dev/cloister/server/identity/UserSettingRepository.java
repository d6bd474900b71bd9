package dev.cloister.server.identity;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.HashMap;
import java.util.Map;

/** The rows of people's own settings. */
public final class UserSettingRepository {
    Map<String, String> all(ReadTx tx, Permit<UserId> permit, Action use) {
        var settings = new HashMap<String, String>();
        tx.query("SELECT key, value FROM user_settings WHERE user_id = :user")
                .bind("user", permit.idFor(use).value())
                .map((row, context) -> settings.put(row.getString("key"), row.getString("value")))
                .list();
        return settings;
    }

    void put(WriteTx tx, Permit<UserId> permit, String key, String value) {
        tx.update("""
                INSERT INTO user_settings (user_id, key, value) VALUES (:user, :key, :value)
                ON CONFLICT (user_id, key) DO UPDATE SET value = :value""")
                .bind("user", permit.idFor(Action.UPDATE_PERSONAL).value())
                .bind("key", key)
                .bind("value", value)
                .execute();
    }
}
