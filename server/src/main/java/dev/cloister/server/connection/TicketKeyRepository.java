package dev.cloister.server.connection;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.secret.SecretPlace;
import java.time.Instant;

/** The key that signs tickets: made once and shared by all server processes. */
public final class TicketKeyRepository {
    private static final String NAME = "ticket-signing-key";

    /** Stores {@code candidate} unless there is a key already; returns the one that is stored. */
    byte[] keep(WriteTx tx, byte[] candidate, Instant now) {
        tx.update("""
                INSERT INTO server_keys (name, value, created_at) VALUES (:name, :value, :now)
                ON CONFLICT (name) DO NOTHING""")
                .bind("name", NAME)
                .bind("value", candidate)
                .bind("now", now)
                .execute();
        return tx.query("SELECT value FROM server_keys WHERE name = :name")
                .bind("name", NAME)
                .mapTo(byte[].class)
                .one();
    }

    /** Puts another encrypted form of the same key in its place. */
    void replace(WriteTx tx, byte[] encrypted) {
        tx.update("UPDATE server_keys SET value = :value WHERE name = :name")
                .bind("name", NAME)
                .bind("value", encrypted)
                .execute();
    }

    static SecretPlace place() {
        return new SecretPlace("server_keys", "value", NAME);
    }
}
