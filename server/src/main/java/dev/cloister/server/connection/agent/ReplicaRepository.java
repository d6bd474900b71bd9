package dev.cloister.server.connection.agent;

import dev.cloister.server.audit.WriteTx;
import java.time.Instant;

/** The server processes that share the database. */
public final class ReplicaRepository {
    /** This process lives. */
    void seen(WriteTx tx, Replica replica, Instant now) {
        tx.update("""
                INSERT INTO server_processes (id, started_at, seen_at, relay_url, listener)
                VALUES (:id, :now, :now, :url, :listener)
                ON CONFLICT (id) DO UPDATE SET seen_at = :now""")
                .bind("id", replica.id())
                .bind("now", now)
                .bind(
                        "url",
                        replica.relayUrl() == null ? "" : replica.relayUrl().toString())
                .bind("listener", replica.listener())
                .execute();
    }

    /** This process ends properly. */
    void leave(WriteTx tx, Replica replica) {
        tx.update("DELETE FROM server_processes WHERE id = :id")
                .bind("id", replica.id())
                .execute();
    }

    /** Forgets the processes that have not been seen since {@code since}. */
    void forget(WriteTx tx, Instant since) {
        tx.update("DELETE FROM server_processes WHERE seen_at < :since")
                .bind("since", since)
                .execute();
    }
}
