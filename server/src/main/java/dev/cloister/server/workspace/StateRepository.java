package dev.cloister.server.workspace;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretColumn;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The states that builds have left, as they are stored: encrypted. */
public final class StateRepository {
    public static final SecretColumn STATE =
            new SecretColumn("workspace_build_states", "state", "workspace_build_id::text");

    /** A state, and the build that has left it. */
    record Stored(UUID build, byte[] state) {}

    /** The newest state of the workspace that a job works on. */
    Optional<Stored> last(ReadTx tx, LeasedJob job) {
        return tx.query("""
                SELECT s.workspace_build_id, s.state
                FROM workspace_builds b
                JOIN workspace_builds earlier
                    ON earlier.workspace_id = b.workspace_id AND earlier.build_number <= b.build_number
                JOIN workspace_build_states s ON s.workspace_build_id = earlier.id
                WHERE b.job_id = :job ORDER BY earlier.build_number DESC LIMIT 1""")
                .bind("job", job.id().value())
                .map((row, context) -> new Stored(Columns.id(row, "workspace_build_id"), row.getBytes("state")))
                .findOne();
    }

    /** The state that a permitted build has left. */
    Optional<Stored> of(ReadTx tx, Permit<WorkspaceBuildId> permit) {
        return tx.query(
                        "SELECT workspace_build_id, state FROM workspace_build_states WHERE workspace_build_id = :build")
                .bind("build", permit.idFor(Action.READ).value())
                .map((row, context) -> new Stored(Columns.id(row, "workspace_build_id"), row.getBytes("state")))
                .findOne();
    }

    /** Keeps what the build of a job has left, even where another worker has the job by now: it exists all the same. */
    void keep(WriteTx tx, LeasedJob job, byte[] state, Instant now) {
        tx.update("""
                INSERT INTO workspace_build_states (workspace_build_id, state, updated_at)
                SELECT id, :state, :now FROM workspace_builds WHERE job_id = :job
                ON CONFLICT (workspace_build_id) DO UPDATE SET state = :state, updated_at = :now""")
                .bind("job", job.id().value())
                .bind("state", state)
                .bind("now", now)
                .execute();
    }

    /** Keeps what was found of a build that its server did not survive; nothing where there is no such build. */
    boolean salvage(WriteTx tx, UUID build, byte[] state, Instant now) {
        return tx.update("""
                INSERT INTO workspace_build_states (workspace_build_id, state, updated_at)
                SELECT id, :state, :now FROM workspace_builds WHERE id = :build
                ON CONFLICT (workspace_build_id) DO UPDATE SET state = :state, updated_at = :now""")
                        .bind("build", build)
                        .bind("state", state)
                        .bind("now", now)
                        .execute()
                > 0;
    }

    /** Puts another state in place of what a permitted build has left. */
    void replace(WriteTx tx, Permit<WorkspaceBuildId> permit, byte[] state, Instant now) {
        salvage(tx, permit.idFor(Action.READ).value(), state, now);
    }
}
