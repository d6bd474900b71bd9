package dev.cloister.server.build;

import dev.cloister.contract.api.ProvisionerDaemon;
import dev.cloister.contract.api.ProvisionerDaemonJob;
import dev.cloister.contract.api.ProvisionerDaemonStatus;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A worker as the API shows it, from the side of one organization. */
final class DaemonRow {
    /** What a worker is doing, in the words of {@link ProvisionerDaemonStatus}. */
    static final String STATUS = """
            CASE WHEN d.last_seen_at <= clock_timestamp() - :stale * interval '1 second' THEN 'offline'
                 WHEN EXISTS (SELECT 1 FROM provisioner_jobs b
                              WHERE b.worker_id = d.id AND b.completed_at IS NULL) THEN 'busy'
                 ELSE 'idle' END""";

    static final String SELECT = "SELECT d.*, o.id AS organization_id, " + STATUS + " AS status, "
            + job("current") + ", " + job("previous")
            + " FROM provisioner_daemons d CROSS JOIN organizations o "
            + lateral("current", "j.completed_at IS NULL") + lateral("previous", "j.completed_at IS NOT NULL");

    /** The key that the workers inside the server are said to have; it opens nothing. */
    private static final UUID BUILT_IN_KEY = new UUID(0, 1);

    private DaemonRow() {}

    private static String job(String which) {
        return "WHICH.id AS WHICH_id, WHICH.status AS WHICH_status, WHICH.name AS WHICH_name, WHICH.icon AS WHICH_icon,"
                        .replace("WHICH", which)
                + " WHICH.display_name AS WHICH_display_name".replace("WHICH", which);
    }

    private static String lateral(String which, String condition) {
        return """
                LEFT JOIN LATERAL (
                    SELECT j.id, %s AS status, t.name, t.icon, t.display_name
                    FROM provisioner_jobs j
                    LEFT JOIN workspace_builds b ON b.job_id = j.id
                    LEFT JOIN template_version_dry_runs y ON y.job_id = j.id
                    LEFT JOIN template_versions v ON v.id = coalesce(b.template_version_id, y.template_version_id)
                    LEFT JOIN template_versions i ON i.job_id = j.id
                    LEFT JOIN templates t ON t.id = coalesce(v.template_id, i.template_id)
                    WHERE :jobs AND j.worker_id = d.id AND j.organization_id = o.id AND %s
                    ORDER BY j.created_at DESC LIMIT 1) %s ON TRUE
                """.formatted(JobRow.STATUS, condition, which);
    }

    static ProvisionerDaemon map(ResultSet row, StatementContext context) throws SQLException {
        return new ProvisionerDaemon(
                Columns.id(row, "id"),
                Columns.id(row, "organization_id"),
                BUILT_IN_KEY,
                Columns.instant(row, "created_at"),
                Columns.instant(row, "last_seen_at"),
                row.getString("name"),
                row.getString("version"),
                "1.0",
                List.of(JobQueue.PROVISIONER),
                Map.of("scope", "organization", "owner", ""),
                "built-in",
                ProvisionerDaemonStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                job(row, "current"),
                job(row, "previous"));
    }

    private static @Nullable ProvisionerDaemonJob job(ResultSet row, String which) throws SQLException {
        UUID id = Columns.idOrNull(row, which + "_id");
        return id == null
                ? null
                : new ProvisionerDaemonJob(
                        id,
                        ProvisionerJobStatus.valueOf(
                                row.getString(which + "_status").toUpperCase(Locale.ROOT)),
                        orEmpty(row.getString(which + "_name")),
                        orEmpty(row.getString(which + "_icon")),
                        orEmpty(row.getString(which + "_display_name")));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
