package dev.cloister.server.audit;

import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Values by name that the servers of a deployment make once and share, encrypted. No event tells of them
 * ({@link Unaudited#SERVER_KEY}).
 */
public final class ServerKeyRepository {
    /** The value of that name; makes and stores one only where there is none yet, and another server's counts then. */
    public byte[] keep(WriteTx tx, String name, Supplier<byte[]> candidate, Instant now) {
        Optional<byte[]> known = find(tx, name);
        if (known.isPresent()) {
            return known.get();
        }
        tx.update("""
                INSERT INTO server_keys (name, value, created_at) VALUES (:name, :value, :now)
                ON CONFLICT (name) DO NOTHING""")
                .bind("name", name)
                .bind("value", candidate.get())
                .bind("now", now)
                .execute();
        return find(tx, name).orElseThrow();
    }

    private static Optional<byte[]> find(ReadTx tx, String name) {
        return tx.query("SELECT value FROM server_keys WHERE name = :name")
                .bind("name", name)
                .mapTo(byte[].class)
                .findOne();
    }

    /** Puts another encrypted form of the same value in its place. */
    public void replace(WriteTx tx, String name, byte[] encrypted) {
        tx.update("UPDATE server_keys SET value = :value WHERE name = :name")
                .bind("name", name)
                .bind("value", encrypted)
                .execute();
    }
}
