package dev.cloister.server.deployment;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;

/** The documents of what people decided about the deployment. They have no ids: the right is on the whole. */
public final class DeploymentSettingsRepository {
    /** The document of {@code name}, or {@code otherwise} where nobody has decided yet. */
    <T> T get(ReadTx tx, String name, Class<T> type, T otherwise) {
        return tx.query("SELECT value::text FROM deployment_settings WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .map(json -> ApiJson.mapper().readValue(json, type))
                .orElse(otherwise);
    }

    void put(WriteTx tx, String name, Object value, Instant now) {
        tx.update("""
                INSERT INTO deployment_settings (name, value, updated_at) VALUES (:name, :value::jsonb, :now)
                ON CONFLICT (name) DO UPDATE SET value = :value::jsonb, updated_at = :now""")
                .bind("name", name)
                .bind("value", ApiJson.mapper().writeValueAsString(value))
                .bind("now", now)
                .execute();
    }
}
