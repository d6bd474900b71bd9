package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobMetadata;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobRow;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** The rows of dry runs, reached through the version that they try. */
final class DryRunRepository {
    private static final TypeReference<List<PlannedResource>> RESOURCES = new TypeReference<>() {};

    void insert(WriteTx tx, Permit<TemplateVersionId> permit, JobId job) {
        tx.update("INSERT INTO template_version_dry_runs (job_id, template_version_id) VALUES (:job, :version)")
                .bind("job", job.value())
                .bind("version", permit.idFor(Action.READ).value())
                .execute();
    }

    /** How many dry runs of the caller are not over yet. */
    int unfinished(ReadTx tx, Caller.User caller) {
        return tx.query("""
                SELECT count(*) FROM provisioner_jobs
                WHERE initiator_id = :me AND type = 'template_version_dry_run' AND completed_at IS NULL""")
                .bind("me", caller.subject().id())
                .mapTo(Integer.class)
                .one();
    }

    /** The version that a job tries. */
    TemplateVersionId version(ReadTx tx, LeasedJob job) {
        return tx.query("SELECT template_version_id FROM template_version_dry_runs WHERE job_id = :job")
                .bind("job", job.id().value())
                .mapTo(UUID.class)
                .map(TemplateVersionId::new)
                .one();
    }

    void store(WriteTx tx, LeasedJob job, List<PlannedResource> resources) {
        tx.update("UPDATE template_version_dry_runs SET resources = :resources::jsonb WHERE job_id = :job")
                .bind("job", job.id().value())
                .bind(
                        "resources",
                        ApiJson.mapper().writeValueAsString(resources).replace("\\u0000", "\uFFFD"))
                .execute();
    }

    Optional<ProvisionerJob> view(ReadTx tx, Permit<TemplateVersionId> permit, JobId job) {
        return tx.query("SELECT " + JobRow.COLUMNS + """
                , v.name AS version_name, t.id AS template_id, coalesce(t.name, '') AS template_name,
                coalesce(t.display_name, '') AS template_display_name, coalesce(t.icon, '') AS template_icon
                FROM template_version_dry_runs d
                JOIN provisioner_jobs j ON j.id = d.job_id
                JOIN template_versions v ON v.id = d.template_version_id
                LEFT JOIN templates t ON t.id = v.template_id
                WHERE d.job_id = :job AND d.template_version_id = :version""")
                .bind("job", job.value())
                .bind("version", permit.idFor(Action.READ).value())
                .map(DryRunRepository::job)
                .findOne();
    }

    List<PlannedResource> resources(ReadTx tx, Permit<TemplateVersionId> permit, JobId job) {
        return tx.query("""
                SELECT resources::text FROM template_version_dry_runs
                WHERE job_id = :job AND template_version_id = :version""")
                .bind("job", job.value())
                .bind("version", permit.idFor(Action.READ).value())
                .mapTo(String.class)
                .findOne()
                .map(json -> ApiJson.mapper().readValue(json, RESOURCES))
                .orElse(List.of());
    }

    private static ProvisionerJob job(ResultSet row, StatementContext context) throws SQLException {
        return JobRow.map(
                row,
                new ProvisionerJobMetadata(
                        row.getString("version_name"),
                        Columns.idOrNull(row, "template_id"),
                        row.getString("template_name"),
                        row.getString("template_display_name"),
                        row.getString("template_icon"),
                        null,
                        "",
                        null));
    }
}
