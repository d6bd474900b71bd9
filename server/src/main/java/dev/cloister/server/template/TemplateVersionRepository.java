package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of versions, and what their imports found. */
public final class TemplateVersionRepository {
    private static final String SELECT = """
            SELECT v.id, v.template_id, v.organization_id, v.name, v.message, v.readme, v.job_id, v.created_by,
                   v.archived, v.source_example_id, v.created_at,
                   j.completed_at IS NOT NULL AND j.error = '' AND j.canceled_at IS NULL AS imported
            FROM template_versions v JOIN provisioner_jobs j ON j.id = v.job_id
            """;

    private final VersionContentsRepository contents = new VersionContentsRepository();

    /** The variables and presets of versions. */
    VersionContentsRepository contents() {
        return contents;
    }

    /** A version of a template that the caller may change. */
    void insertInto(WriteTx tx, Permit<TemplateId> permit, TemplateVersion version) {
        if (!permit.idFor(Action.UPDATE).equals(version.templateId())) {
            throw new IllegalStateException("a version of another template than permitted");
        }
        insert(tx, version);
    }

    /** A version without a template yet. */
    void insert(WriteTx tx, CreatePermit permit, TemplateVersion version) {
        if (!version.organizationId().equals(permit.of(ResourceType.TEMPLATE).organization())) {
            throw new IllegalStateException("a version in another organization than permitted");
        }
        insert(tx, version);
    }

    private static void insert(WriteTx tx, TemplateVersion version) {
        tx.update("""
                INSERT INTO template_versions (id, template_id, organization_id, name, message, readme, job_id,
                    created_by, source_example_id, created_at, updated_at)
                VALUES (:id, :template, :organization, :name, :message, :readme, :job,
                    :createdBy, :example, :now, :now)""")
                .bind("id", version.id().value())
                .bind(
                        "template",
                        version.templateId() == null
                                ? null
                                : version.templateId().value())
                .bind("organization", version.organizationId())
                .bind("name", version.name())
                .bind("message", version.message())
                .bind("readme", version.readme())
                .bind("job", version.jobId().value())
                .bind("createdBy", version.createdBy())
                .bind("example", version.sourceExampleId())
                .bind("now", version.createdAt())
                .execute();
    }

    TemplateVersion get(ReadTx tx, Permit<TemplateVersionId> permit) {
        return tx.query(SELECT + " WHERE v.id = :id")
                .bind("id", permit.idFor(permit.action()).value())
                .map(TemplateVersionRepository::version)
                .one();
    }

    /** The version that a job imports. */
    TemplateVersion get(ReadTx tx, LeasedJob job) {
        return tx.query(SELECT + " WHERE v.job_id = :job")
                .bind("job", job.id().value())
                .map(TemplateVersionRepository::version)
                .one();
    }

    /** The version that a dry run in the hands of a job tries. */
    TemplateVersion tried(ReadTx tx, TemplateVersionId version) {
        return tx.query(SELECT + " WHERE v.id = :id")
                .bind("id", version.value())
                .map(TemplateVersionRepository::version)
                .one();
    }

    /** A version of a permitted template. */
    Optional<TemplateVersion> find(ReadTx tx, Permit<TemplateId> permit, TemplateVersionId id) {
        return tx.query(SELECT + " WHERE v.template_id = :template AND v.id = :id")
                .bind("template", permit.idFor(permit.action()).value())
                .bind("id", id.value())
                .map(TemplateVersionRepository::version)
                .findOne();
    }

    dev.cloister.contract.api.TemplateVersion view(ReadTx tx, Permit<TemplateVersionId> permit) {
        return tx.query(TemplateVersionRow.SELECT + " WHERE v.id = :id")
                .bind("id", permit.idFor(permit.action()).value())
                .map(TemplateVersionRow::map)
                .one();
    }

    Optional<dev.cloister.contract.api.TemplateVersion> viewByName(ReadTx tx, Permit<TemplateId> permit, String name) {
        return tx.query(TemplateVersionRow.SELECT + " WHERE v.template_id = :template AND lower(v.name) = lower(:name)")
                .bind("template", permit.idFor(Action.READ).value())
                .bind("name", name)
                .map(TemplateVersionRow::map)
                .findOne();
    }

    /** The version made just before the one of that name. */
    Optional<dev.cloister.contract.api.TemplateVersion> viewBefore(ReadTx tx, Permit<TemplateId> permit, String name) {
        return tx.query(TemplateVersionRow.SELECT + """
                 WHERE v.template_id = :template AND v.created_at < (
                    SELECT created_at FROM template_versions
                    WHERE template_id = :template AND lower(name) = lower(:name))
                ORDER BY v.created_at DESC LIMIT 1""")
                .bind("template", permit.idFor(Action.READ).value())
                .bind("name", name)
                .map(TemplateVersionRow::map)
                .findOne();
    }

    List<dev.cloister.contract.api.TemplateVersion> list(ReadTx tx, Permit<TemplateId> permit, VersionPage page) {
        return tx.query(TemplateVersionRow.SELECT + """
                 WHERE v.template_id = :template AND (:archived OR NOT v.archived)
                    AND (:after::uuid IS NULL OR (v.created_at, v.id) < (
                        SELECT created_at, id FROM template_versions WHERE id = :after AND template_id = :template))
                ORDER BY v.created_at DESC, v.id DESC LIMIT :limit OFFSET :offset""")
                .bind("template", permit.idFor(Action.READ).value())
                .bind("archived", page.archivedToo())
                .bind("after", page.after().orElse(null))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map(TemplateVersionRow::map)
                .list();
    }

    /** Which part of a list is asked for. */
    record VersionPage(Optional<UUID> after, boolean archivedToo, int limit, int offset) {}

    void attach(WriteTx tx, Permit<TemplateVersionId> permit, TemplateId template) {
        tx.update("UPDATE template_versions SET template_id = :template WHERE id = :id AND template_id IS NULL")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("template", template.value())
                .execute();
    }

    void update(WriteTx tx, Permit<TemplateVersionId> permit, TemplateVersion version, Instant now) {
        tx.update("""
                UPDATE template_versions
                SET name = :name, message = :message, archived = :archived, updated_at = :now
                WHERE id = :id""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("name", version.name())
                .bind("message", version.message())
                .bind("archived", version.archived())
                .bind("now", now)
                .execute();
    }

    /** Archives what is over, not active and not what a workspace was last built from; returns which. */
    List<UUID> archiveUnused(WriteTx tx, Permit<TemplateId> permit, boolean succeededToo, Instant now) {
        return tx.query("""
                UPDATE template_versions v SET archived = TRUE, updated_at = :now
                FROM provisioner_jobs j, templates t
                WHERE v.template_id = :template AND t.id = :template AND j.id = v.job_id
                    AND NOT v.archived AND v.id <> t.active_version_id
                    AND j.completed_at IS NOT NULL AND (:succeeded OR j.error <> '')
                    AND NOT EXISTS (
                        SELECT 1 FROM workspaces w
                        WHERE w.template_id = :template AND NOT w.deleted AND v.id = (
                            SELECT b.template_version_id FROM workspace_builds b
                            WHERE b.workspace_id = w.id ORDER BY b.build_number DESC LIMIT 1))
                RETURNING v.id""")
                .bind("template", permit.idFor(Action.UPDATE).value())
                .bind("succeeded", succeededToo)
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    boolean isActive(ReadTx tx, Permit<TemplateVersionId> permit) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM templates WHERE active_version_id = :id AND NOT deleted)")
                .bind("id", permit.idFor(permit.action()).value())
                .mapTo(Boolean.class)
                .one();
    }

    /** What the import of a version found. The version belongs to a job or a transaction that may store it. */
    void storePlan(WriteTx tx, TemplateVersion version, TemplatePlan plan, String readme, Instant now) {
        tx.update("""
                UPDATE template_versions SET plan = :plan::jsonb, readme = :readme, updated_at = :now
                WHERE id = :id""")
                .bind("id", version.id().value())
                .bind("plan", PlanJson.write(plan))
                .bind("readme", readme)
                .bind("now", now)
                .execute();
        var batch = tx.batch("""
                INSERT INTO template_version_parameters (template_version_id, name, position, definition)
                VALUES (:version, :name, :position, :definition::jsonb)""");
        int position = 0;
        for (TemplateParameter parameter : plan.parameters()) {
            batch.bind("version", version.id().value())
                    .bind("name", parameter.name())
                    .bind("position", position++)
                    .bind("definition", ApiJson.mapper().writeValueAsString(parameter))
                    .add();
        }
        if (!plan.parameters().isEmpty()) {
            batch.execute();
        }
        contents.storePresets(tx, version, plan.presets());
    }

    /** The parameters of a permitted version, in their order. */
    List<TemplateParameter> parameters(ReadTx tx, Permit<TemplateVersionId> permit) {
        return parameters(tx, permit.idFor(permit.action()));
    }

    /** The parameters of a version that the caller's service has reached from a permitted row. */
    List<TemplateParameter> parameters(ReadTx tx, TemplateVersionId version) {
        return tx.query("""
                SELECT definition::text AS definition FROM template_version_parameters
                WHERE template_version_id = :version ORDER BY position""")
                .bind("version", version.value())
                .map((row, context) -> ApiJson.mapper().readValue(row.getString("definition"), TemplateParameter.class))
                .list();
    }

    /** The archive of a version that the caller's service has reached from a permitted row. */
    FileId file(ReadTx tx, TemplateVersionId version) {
        return tx.query("""
                SELECT j.file_id FROM template_versions v JOIN provisioner_jobs j ON j.id = v.job_id
                WHERE v.id = :version""")
                .bind("version", version.value())
                .mapTo(UUID.class)
                .map(FileId::new)
                .one();
    }

    /** What the import found, empty before it. */
    Optional<TemplatePlan> plan(ReadTx tx, Permit<TemplateVersionId> permit) {
        return tx.query("SELECT plan::text FROM template_versions WHERE id = :id AND plan <> '{}'")
                .bind("id", permit.idFor(Action.READ).value())
                .mapTo(String.class)
                .findOne()
                .map(PlanJson::read);
    }

    private static TemplateVersion version(ResultSet row, StatementContext context) throws SQLException {
        UUID template = Columns.idOrNull(row, "template_id");
        return new TemplateVersion(
                new TemplateVersionId(Columns.id(row, "id")),
                template == null ? null : new TemplateId(template),
                Columns.id(row, "organization_id"),
                row.getString("name"),
                row.getString("message"),
                row.getString("readme"),
                new JobId(Columns.id(row, "job_id")),
                Columns.id(row, "created_by"),
                row.getBoolean("archived"),
                row.getString("source_example_id"),
                row.getBoolean("imported"),
                Columns.instant(row, "created_at"));
    }
}
