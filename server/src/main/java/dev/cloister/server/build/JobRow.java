package dev.cloister.server.build;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobInput;
import dev.cloister.contract.api.ProvisionerJobMetadata;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.ProvisionerJobType;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** A job as the API shows it, for the features whose rows join {@code provisioner_jobs} under the name {@code j}. */
public final class JobRow {
    /** A job's state in SQL, in the words of {@link ProvisionerJobStatus}. */
    public static final String STATUS = """
            CASE WHEN j.completed_at IS NOT NULL THEN
                CASE WHEN j.error <> '' THEN 'failed' WHEN j.canceled_at IS NOT NULL THEN 'canceled'
                     ELSE 'succeeded' END
            ELSE
                CASE WHEN j.canceled_at IS NOT NULL THEN 'canceling' WHEN j.started_at IS NULL THEN 'pending'
                     ELSE 'running' END
            END""";

    /** The columns that {@link #map} reads. Places in the queue are counted for waiting jobs only. */
    public static final String COLUMNS = """
            j.id AS job_id, j.created_at AS job_created_at, j.started_at AS job_started_at,
            j.completed_at AS job_completed_at, j.canceled_at AS job_canceled_at, j.error AS job_error,
            j.error_code AS job_error_code, j.worker_id AS job_worker_id, j.file_id AS job_file_id,
            j.tags::text AS job_tags, j.organization_id AS job_organization_id, j.initiator_id AS job_initiator_id,
            j.input::text AS job_input, j.type AS job_type, coalesce((
                SELECT d.name FROM provisioner_daemons d WHERE d.id = j.worker_id), '') AS job_worker_name,
            j.logs_overflowed AS job_logs_overflowed,
            """ + STATUS + """
             AS job_status,
            CASE WHEN j.started_at IS NULL AND j.completed_at IS NULL THEN (
                SELECT count(*) FROM provisioner_jobs q WHERE q.started_at IS NULL AND q.completed_at IS NULL
                    AND (q.created_at, q.id) <= (j.created_at, j.id)) ELSE 0 END AS job_queue_position,
            CASE WHEN j.started_at IS NULL AND j.completed_at IS NULL THEN (
                SELECT count(*) FROM provisioner_jobs q WHERE q.started_at IS NULL AND q.completed_at IS NULL)
                ELSE 0 END AS job_queue_size""";

    private static final TypeReference<Map<String, String>> TAGS = new TypeReference<>() {};

    private JobRow() {}

    /** The job of a row that has {@link #COLUMNS}. */
    public static ProvisionerJob map(ResultSet row, ProvisionerJobMetadata metadata) throws SQLException {
        return new ProvisionerJob(
                Columns.id(row, "job_id"),
                Columns.instant(row, "job_created_at"),
                Columns.instantOrNull(row, "job_started_at"),
                Columns.instantOrNull(row, "job_completed_at"),
                Columns.instantOrNull(row, "job_canceled_at"),
                row.getString("job_error"),
                row.getString("job_error_code"),
                status(row),
                Columns.idOrNull(row, "job_worker_id"),
                row.getString("job_worker_name"),
                Columns.id(row, "job_file_id"),
                ApiJson.mapper().readValue(row.getString("job_tags"), TAGS),
                row.getInt("job_queue_position"),
                row.getInt("job_queue_size"),
                Columns.id(row, "job_organization_id"),
                Columns.id(row, "job_initiator_id"),
                input(ApiJson.mapper().readTree(row.getString("job_input")), row.getString("job_error")),
                ProvisionerJobType.valueOf(row.getString("job_type").toUpperCase(Locale.ROOT)),
                List.of(),
                metadata,
                row.getBoolean("job_logs_overflowed"));
    }

    /** The state of the job of a row that has {@link #COLUMNS}. */
    public static ProvisionerJobStatus status(ResultSet row) throws SQLException {
        return ProvisionerJobStatus.valueOf(row.getString("job_status").toUpperCase(Locale.ROOT));
    }

    private static ProvisionerJobInput input(JsonNode input, String error) {
        return new ProvisionerJobInput(id(input, "template_version_id"), id(input, "workspace_build_id"), error);
    }

    private static @Nullable UUID id(JsonNode input, String field) {
        JsonNode value = input.get(field);
        return value == null ? null : UUID.fromString(value.asString());
    }
}
