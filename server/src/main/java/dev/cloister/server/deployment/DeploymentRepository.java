package dev.cloister.server.deployment;

import dev.cloister.server.audit.WriteTx;

/** The rows of what a deployment made for itself. */
public final class DeploymentRepository {
    byte[] loadOrStore(WriteTx tx, String name, byte[] fresh) {
        tx.update("""
                INSERT INTO server_keys (name, value, created_at) VALUES (:name, :value, now())
                ON CONFLICT (name) DO NOTHING""").bind("name", name).bind("value", fresh).execute();
        return tx.query("SELECT value FROM server_keys WHERE name = :name")
                .bind("name", name)
                .mapTo(byte[].class)
                .one();
    }
}
