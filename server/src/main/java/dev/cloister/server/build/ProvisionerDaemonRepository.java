package dev.cloister.server.build;

import dev.cloister.contract.api.MatchedProvisioners;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The rows of the workers that take jobs. Whether one is alive is told by the clock of the database. */
public final class ProvisionerDaemonRepository {
    /** After this without a sign of life a worker is taken for gone. */
    static final Duration STALE = Duration.ofSeconds(90);

    private static final Duration FORGOTTEN = Duration.ofDays(7);

    void register(WriteTx tx, UUID id, String name, String version) {
        tx.update("""
                INSERT INTO provisioner_daemons (id, name, version, created_at, last_seen_at)
                VALUES (:id, :name, :version, clock_timestamp(), clock_timestamp())""")
                .bind("id", id)
                .bind("name", name)
                .bind("version", version)
                .execute();
    }

    void seen(WriteTx tx, List<UUID> ids) {
        tx.update("UPDATE provisioner_daemons SET last_seen_at = clock_timestamp() WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids.toArray())
                .execute();
    }

    /** Takes workers of this server for gone at once. */
    void left(WriteTx tx, List<UUID> ids) {
        tx.update("""
                UPDATE provisioner_daemons
                SET last_seen_at = least(last_seen_at, clock_timestamp() - :stale * interval '1 second')
                WHERE id = ANY(:ids)""")
                .bindArray("ids", UUID.class, ids.toArray())
                .bind("stale", STALE.toSeconds())
                .execute();
    }

    /** Forgets the workers of servers that ended long ago. */
    void forget(WriteTx tx) {
        tx.update("""
                DELETE FROM provisioner_daemons
                WHERE last_seen_at < clock_timestamp() - :forgotten * interval '1 second'""").bind("forgotten", FORGOTTEN.toSeconds()).execute();
    }

    /** How many workers could take a job without tags of its own: they serve every organization. */
    public MatchedProvisioners matched(ReadTx tx) {
        return tx.query("""
                SELECT count(*) AS alive, max(last_seen_at) AS last FROM provisioner_daemons
                WHERE last_seen_at > clock_timestamp() - :stale * interval '1 second'""")
                .bind("stale", STALE.toSeconds())
                .map((row, context) -> new MatchedProvisioners(
                        row.getInt("alive"), row.getInt("alive"), Columns.instantOrNull(row, "last")))
                .one();
    }

    /**
     * The workers that serve an organization, newest first.
     *
     * @param visibility on {@link #columns}
     * @param jobsToo whether what they work on is told, for who may see the organization's jobs
     */
    List<dev.cloister.contract.api.ProvisionerDaemon> list(
            ReadTx tx, Visibility visibility, UUID organization, boolean jobsToo, DaemonFilter filter) {
        var query = tx.query(DaemonRow.SELECT + " WHERE o.id = :organization AND " + visibility.sql() + filter.sql()
                + " ORDER BY d.created_at DESC, d.id LIMIT :limit");
        return filter.bind(visibility.bind(query))
                .bind("organization", organization)
                .bind("jobs", jobsToo)
                .bind("stale", STALE.toSeconds())
                .map(DaemonRow::map)
                .list();
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("d.id", "o.id", "", "");
    }
}
