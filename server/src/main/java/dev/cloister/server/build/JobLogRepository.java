package dev.cloister.server.build;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.LogSource;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The lines of jobs' logs. Whoever writes locks the job's row first, so that the numbers of one job's lines become
 * visible in their order and a follower misses none.
 */
public final class JobLogRepository {

    /** Appends; false where the lease is lost and nothing was stored. */
    boolean append(WriteTx tx, LeasedJob job, List<LogLine> lines, boolean overflowed) {
        int held = tx.update("""
                UPDATE provisioner_jobs
                SET logs_bytes = logs_bytes + :bytes, logs_overflowed = logs_overflowed OR :overflowed
                WHERE id = :id AND worker_id = :worker AND completed_at IS NULL""")
                .bind("id", job.id().value())
                .bind("worker", job.worker())
                .bind("bytes", lines.stream().mapToLong(LogLine::size).sum())
                .bind("overflowed", overflowed)
                .execute();
        if (held == 0) {
            return false;
        }
        var batch = tx.batch("""
                INSERT INTO provisioner_job_logs (job_id, created_at, source, level, stage, output)
                VALUES (:job, :time, :source, :level, :stage, :output)""");
        for (LogLine line : lines) {
            batch.bind("job", job.id().value())
                    .bind("time", line.time())
                    .bind("source", line.source().name().toLowerCase(Locale.ROOT))
                    .bind("level", line.level().name().toLowerCase(Locale.ROOT))
                    .bind("stage", line.stage())
                    .bind("output", line.output())
                    .add();
        }
        batch.execute();
        return true;
    }

    /** Lines with numbers above {@code after} and, unless it is 0, below {@code before}, at most {@code limit}. */
    List<ProvisionerJobLog> lines(ReadTx tx, JobId job, long after, long before, int limit) {
        return tx.query("""
                SELECT id, created_at, source, level, stage, output FROM provisioner_job_logs
                WHERE job_id = :job AND id > :after AND (:before = 0 OR id < :before)
                ORDER BY id LIMIT :limit""")
                .bind("job", job.value())
                .bind("after", after)
                .bind("before", before)
                .bind("limit", limit)
                .map(JobLogRepository::line)
                .list();
    }

    /** Whether no more lines can come. */
    boolean isOver(ReadTx tx, JobId job) {
        return tx.query("SELECT completed_at IS NOT NULL FROM provisioner_jobs WHERE id = :id")
                .bind("id", job.value())
                .mapTo(Boolean.class)
                .findOne()
                .orElse(true);
    }

    private static ProvisionerJobLog line(ResultSet row, StatementContext context) throws SQLException {
        return new ProvisionerJobLog(
                row.getLong("id"),
                Columns.instant(row, "created_at"),
                LogSource.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                LogLevel.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                row.getString("stage"),
                row.getString("output"));
    }
}
