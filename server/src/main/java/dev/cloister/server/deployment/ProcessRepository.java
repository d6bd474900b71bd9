package dev.cloister.server.deployment;

import dev.cloister.contract.api.Replica;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The server processes that share the database, for operators. */
public final class ProcessRepository {
    /** A process and when it last said that it lives. */
    record Living(UUID id, Instant startedAt, Instant seenAt, String relayUrl) {
        Replica wire() {
            return new Replica(id, "cloister-" + id.toString().substring(0, 8), startedAt, relayUrl, 0, "", 0);
        }
    }

    List<Living> since(ReadTx tx, Instant since) {
        return tx.query(
                        "SELECT id, started_at, seen_at, relay_url FROM server_processes WHERE seen_at >= :since ORDER BY started_at")
                .bind("since", since)
                .map((row, context) -> new Living(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("started_at").toInstant(),
                        row.getTimestamp("seen_at").toInstant(),
                        row.getString("relay_url")))
                .list();
    }
}
