package dev.cloister.server.workspace;

import dev.cloister.server.access.Permit;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Finds the workspaces that are due for something. Only ids leave it: each is acted on with a permit of its own. */
final class DueRepository {
    private static final int AT_ONCE = 100;
    private static final String SELECT = """
            SELECT w.id
            FROM workspaces w
            JOIN users u ON u.id = w.owner_id
            JOIN templates t ON t.id = w.template_id
            JOIN LATERAL (
                SELECT * FROM workspace_builds WHERE workspace_id = w.id ORDER BY build_number DESC LIMIT 1) b ON TRUE
            JOIN provisioner_jobs j ON j.id = b.job_id
            WHERE NOT w.deleted AND j.completed_at IS NOT NULL AND (""";

    List<WorkspaceId> find(ReadTx tx, Due due, Instant now) {
        return tx.query(SELECT + due.sql() + ") LIMIT " + AT_ONCE)
                .bind("now", now)
                .mapTo(UUID.class)
                .map(WorkspaceId::new)
                .list();
    }

    /** Whether it is due still, asked with the row locked: another server, or its owner, may have acted. */
    boolean isStill(ReadTx tx, Permit<WorkspaceId> permit, Due due, Instant now) {
        return tx.query(SELECT + due.sql() + ") AND w.id = :id")
                .bind("now", now)
                .bind("id", permit.idFor(permit.action()).value())
                .mapTo(UUID.class)
                .findOne()
                .isPresent();
    }
}
