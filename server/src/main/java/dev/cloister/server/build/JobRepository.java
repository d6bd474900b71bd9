package dev.cloister.server.build;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The rows of jobs. Leases are measured by the clock of the database, which all servers share and which a jump of one
 * server's clock does not touch. Every change on the strength of a lease names the worker, so that who has lost the
 * lease changes nothing.
 */
public final class JobRepository {
    private static final String COLUMNS = """
            j.id, j.type, j.organization_id, j.initiator_id, j.file_id, j.input::text AS input, j.attempts,
            j.canceled_at IS NOT NULL AS canceled, j.logs_bytes, j.worker_id""";

    /** What became of a request to cancel. */
    enum Cancellation {
        /** It was over, or canceled, before. */
        TOO_LATE,
        /** It had not begun and never will. */
        ENDED,
        /** Its worker has been told. */
        REQUESTED
    }

    /** What a heartbeat learned. */
    enum Renewal {
        HELD,
        CANCELED,
        LOST
    }

    void insert(WriteTx tx, NewJob job, String provisioner, Instant now) {
        tx.update("""
                INSERT INTO provisioner_jobs (id, organization_id, initiator_id, type, provisioner, file_id, input,
                    created_at)
                VALUES (:id, :organization, :initiator, :type, :provisioner, :file, :input::jsonb, :now)""")
                .bind("id", job.id().value())
                .bind("organization", job.organization())
                .bind("initiator", job.initiator())
                .bind("type", job.type().wireName())
                .bind("provisioner", provisioner)
                .bind("file", job.file())
                .bind("input", ApiJson.mapper().writeValueAsString(job.input()))
                .bind("now", now)
                .execute();
    }

    /** Marks a job of this transaction as done by a worker in the same breath. */
    void insertDone(WriteTx tx, JobId id, UUID worker, Instant now) {
        tx.update("""
                UPDATE provisioner_jobs SET started_at = :now, completed_at = :now, worker_id = :worker, attempts = 1
                WHERE id = :id AND started_at IS NULL""")
                .bind("id", id.value())
                .bind("worker", worker)
                .bind("now", now)
                .execute();
    }

    /** Takes the oldest waiting job that nobody else is just taking. */
    Optional<LeasedJob> lease(WriteTx tx, UUID worker, Duration lease, Instant now) {
        return tx.query("""
                UPDATE provisioner_jobs j
                SET started_at = :now, worker_id = :worker, attempts = attempts + 1,
                    leased_until = clock_timestamp() + :lease * interval '1 millisecond'
                WHERE j.id = (
                    SELECT id FROM provisioner_jobs
                    WHERE started_at IS NULL AND completed_at IS NULL
                    ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING """ + " " + COLUMNS)
                .bind("worker", worker)
                .bind("lease", lease.toMillis())
                .bind("now", now)
                .map(JobRepository::job)
                .findOne();
    }

    Renewal renew(WriteTx tx, LeasedJob job, Duration lease) {
        return tx.query("""
                UPDATE provisioner_jobs SET leased_until = clock_timestamp() + :lease * interval '1 millisecond'
                WHERE id = :id AND worker_id = :worker AND completed_at IS NULL
                RETURNING canceled_at IS NOT NULL""")
                .bind("id", job.id().value())
                .bind("worker", job.worker())
                .bind("lease", lease.toMillis())
                .mapTo(Boolean.class)
                .findOne()
                .map(canceled -> canceled ? Renewal.CANCELED : Renewal.HELD)
                .orElse(Renewal.LOST);
    }

    /**
     * One job whose worker has given no sign of life for too long, locked.
     *
     * @param alone whether this server knows that no other can hold a lease
     */
    Optional<LeasedJob> expired(WriteTx tx, boolean alone) {
        return tx.query("SELECT " + COLUMNS + """
                 FROM provisioner_jobs j
                WHERE j.started_at IS NOT NULL AND j.completed_at IS NULL
                    AND (:alone OR j.leased_until IS NULL OR j.leased_until < clock_timestamp())
                ORDER BY j.leased_until LIMIT 1 FOR UPDATE SKIP LOCKED""")
                .bind("alone", alone)
                .map(JobRepository::job)
                .findOne();
    }

    /**
     * Puts a job back into the queue.
     *
     * @param uncounted whether the attempt is not to count
     */
    boolean requeue(WriteTx tx, LeasedJob job, boolean uncounted) {
        return tx.update("""
                UPDATE provisioner_jobs
                SET started_at = NULL, worker_id = NULL, leased_until = NULL, attempts = attempts - :uncounted
                WHERE id = :id AND worker_id = :worker AND completed_at IS NULL""")
                        .bind("id", job.id().value())
                        .bind("worker", job.worker())
                        .bind("uncounted", uncounted ? 1 : 0)
                        .execute()
                == 1;
    }

    /** Ends a job; false where the lease is lost and nothing was changed. */
    boolean end(WriteTx tx, LeasedJob job, JobEnd end, Instant now) {
        String error = end instanceof JobEnd.Failed failed ? failed.error() : "";
        String code = end instanceof JobEnd.Failed failed ? failed.code() : "";
        return tx.update("""
                UPDATE provisioner_jobs
                SET completed_at = :now, leased_until = NULL, error = :error, error_code = :code,
                    canceled_at = CASE :how WHEN 'succeeded' THEN NULL
                                            WHEN 'canceled' THEN coalesce(canceled_at, :now)
                                            ELSE canceled_at END
                WHERE id = :id AND worker_id = :worker AND completed_at IS NULL""")
                        .bind("id", job.id().value())
                        .bind("worker", job.worker())
                        .bind("how", end.word())
                        .bind("error", error)
                        .bind("code", code)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Cancels a job: at once where it has not begun. */
    Cancellation cancel(WriteTx tx, JobId id, Instant now) {
        return tx.query("""
                UPDATE provisioner_jobs
                SET canceled_at = :now, completed_at = CASE WHEN started_at IS NULL THEN :now END
                WHERE id = :id AND completed_at IS NULL AND canceled_at IS NULL
                RETURNING started_at IS NULL""")
                .bind("id", id.value())
                .bind("now", now)
                .mapTo(Boolean.class)
                .findOne()
                .map(ended -> ended ? Cancellation.ENDED : Cancellation.REQUESTED)
                .orElse(Cancellation.TOO_LATE);
    }

    private static LeasedJob job(ResultSet row, StatementContext context) throws SQLException {
        return new LeasedJob(
                new JobId(Columns.id(row, "id")),
                JobType.parse(row.getString("type")),
                Columns.id(row, "organization_id"),
                Columns.id(row, "initiator_id"),
                Columns.id(row, "file_id"),
                ApiJson.mapper().readTree(row.getString("input")),
                row.getInt("attempts"),
                row.getBoolean("canceled"),
                row.getLong("logs_bytes"),
                Columns.id(row, "worker_id"));
    }
}
