package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateVersionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of builds and of the answers that each was made with. */
public final class WorkspaceBuildRepository {
    private static final String SELECT = """
            SELECT b.id, b.workspace_id, w.name AS workspace_name, u.username, w.organization_id,
                   b.template_version_id, b.build_number, b.transition, b.reason, b.initiator_id, b.job_id,
                   b.template_version_preset_id,
                   b.created_at, j.completed_at IS NOT NULL AS over,
                   j.completed_at IS NOT NULL AND j.error = '' AND j.canceled_at IS NULL AS succeeded
            FROM workspace_builds b
            JOIN workspaces w ON w.id = b.workspace_id
            JOIN users u ON u.id = w.owner_id
            JOIN provisioner_jobs j ON j.id = b.job_id
            """;

    /** A build, whether its job is over, and whether it did what it was for. */
    record Latest(WorkspaceBuild build, boolean over, boolean succeeded) {}

    /** The first build of a workspace that this transaction creates. */
    void insertFirst(WriteTx tx, CreatePermit permit, WorkspaceBuild build, Map<String, String> parameters) {
        permit.of(ResourceType.WORKSPACE);
        insert(tx, build, parameters);
    }

    /** A further build, on a permit for just its transition. */
    void insert(WriteTx tx, Permit<WorkspaceId> permit, WorkspaceBuild build, Map<String, String> parameters) {
        if (!permit.idFor(action(build.transition())).equals(build.workspaceId())) {
            throw new IllegalStateException("a build of another workspace than permitted");
        }
        insert(tx, build, parameters);
    }

    /** A further build that the one which a job works on is followed by. */
    void insert(WriteTx tx, LeasedJob job, WorkspaceBuild build, Map<String, String> parameters) {
        if (!get(tx, job).workspaceId().equals(build.workspaceId())) {
            throw new IllegalStateException("a build of another workspace than the job's");
        }
        insert(tx, build, parameters);
    }

    /** What a transition takes. */
    static Action action(WorkspaceTransition transition) {
        return switch (transition) {
            case START -> Action.START;
            case STOP -> Action.STOP;
            case DELETE -> Action.DELETE;
        };
    }

    private static void insert(WriteTx tx, WorkspaceBuild build, Map<String, String> parameters) {
        tx.update("""
                INSERT INTO workspace_builds (id, workspace_id, template_version_id, build_number, transition, reason,
                    initiator_id, job_id, template_version_preset_id, created_at, updated_at)
                VALUES (:id, :workspace, :version, :number, :transition, :reason,
                    :initiator, :job, :preset, :now, :now)""")
                .bind("id", build.id().value())
                .bind("workspace", build.workspaceId().value())
                .bind("version", build.templateVersionId().value())
                .bind("number", build.number())
                .bind("transition", build.transition().name().toLowerCase(Locale.ROOT))
                .bind("reason", build.reason().name().toLowerCase(Locale.ROOT))
                .bind("initiator", build.initiatorId())
                .bind("job", build.jobId().value())
                .bind("preset", build.presetId())
                .bind("now", build.createdAt())
                .execute();
        var batch = tx.batch("""
                INSERT INTO workspace_build_parameters (workspace_build_id, name, value)
                VALUES (:build, :name, :value)""");
        parameters.forEach((name, value) -> batch.bind("build", build.id().value())
                .bind("name", name)
                .bind("value", value)
                .add());
        batch.execute();
    }

    Latest latest(ReadTx tx, Permit<WorkspaceId> permit) {
        return tx.query(SELECT + " WHERE b.workspace_id = :id ORDER BY b.build_number DESC LIMIT 1")
                .bind("id", permit.idFor(permit.action()).value())
                .map((row, context) ->
                        new Latest(build(row, context), row.getBoolean("over"), row.getBoolean("succeeded")))
                .one();
    }

    WorkspaceBuild get(ReadTx tx, Permit<WorkspaceBuildId> permit) {
        return tx.query(SELECT + " WHERE b.id = :id")
                .bind("id", permit.idFor(permit.action()).value())
                .map(WorkspaceBuildRepository::build)
                .one();
    }

    /** The build that a job works on. */
    WorkspaceBuild get(ReadTx tx, LeasedJob job) {
        return tx.query(SELECT + " WHERE b.job_id = :job")
                .bind("job", job.id().value())
                .map(WorkspaceBuildRepository::build)
                .one();
    }

    /** The answers of a build that was read with a permit or for a job. */
    Map<String, String> parameters(ReadTx tx, WorkspaceBuild build) {
        var values = new LinkedHashMap<String, String>();
        tx.query("SELECT name, value FROM workspace_build_parameters WHERE workspace_build_id = :build ORDER BY name")
                .bind("build", build.id().value())
                .map((row, context) -> Map.entry(row.getString("name"), row.getString("value")))
                .list()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        return values;
    }

    /** Whether the template lets people cancel builds of their workspaces; of a build that was read with a permit. */
    boolean mayBeCanceledByUsers(ReadTx tx, WorkspaceBuild build) {
        return tx.query("""
                SELECT t.allow_user_cancel_workspace_jobs
                FROM workspaces w JOIN templates t ON t.id = w.template_id WHERE w.id = :workspace""")
                .bind("workspace", build.workspaceId().value())
                .mapTo(Boolean.class)
                .one();
    }

    /** When a started workspace stops. */
    void setStop(WriteTx tx, LeasedJob job, TimeRules.Stop stop, Instant now) {
        tx.update("""
                UPDATE workspace_builds SET deadline = :at, max_deadline = :latest, updated_at = :now
                WHERE job_id = :job""")
                .bind("job", job.id().value())
                .bind("at", stop.at())
                .bind("latest", stop.latest())
                .bind("now", now)
                .execute();
    }

    /** When a build, read with a permit, stops its workspace. */
    TimeRules.Stop stop(ReadTx tx, WorkspaceBuild build) {
        return tx.query("SELECT deadline, max_deadline FROM workspace_builds WHERE id = :id")
                .bind("id", build.id().value())
                .map((row, context) -> new TimeRules.Stop(
                        Columns.instantOrNull(row, "deadline"), Columns.instantOrNull(row, "max_deadline")))
                .one();
    }

    void setDeadline(WriteTx tx, Permit<WorkspaceId> permit, WorkspaceBuild build, Instant deadline, Instant now) {
        tx.update("""
                UPDATE workspace_builds SET deadline = :deadline, updated_at = :now
                WHERE id = :id AND workspace_id = :workspace""")
                .bind("id", build.id().value())
                .bind("workspace", permit.idFor(Action.UPDATE).value())
                .bind("deadline", deadline)
                .bind("now", now)
                .execute();
    }

    /** What runs is stopped only when the template requires it. */
    void clearDeadline(WriteTx tx, Permit<WorkspaceId> permit) {
        tx.update("""
                UPDATE workspace_builds SET deadline = max_deadline
                WHERE workspace_id = :workspace AND transition = 'start' AND build_number = (
                    SELECT max(build_number) FROM workspace_builds WHERE workspace_id = :workspace)""").bind("workspace", permit.idFor(Action.UPDATE).value()).execute();
    }

    private static WorkspaceBuild build(ResultSet row, StatementContext context) throws SQLException {
        return new WorkspaceBuild(
                new WorkspaceBuildId(Columns.id(row, "id")),
                new WorkspaceId(Columns.id(row, "workspace_id")),
                row.getString("workspace_name"),
                row.getString("username"),
                Columns.id(row, "organization_id"),
                new TemplateVersionId(Columns.id(row, "template_version_id")),
                row.getInt("build_number"),
                WorkspaceTransition.valueOf(row.getString("transition").toUpperCase(Locale.ROOT)),
                BuildReason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                Columns.id(row, "initiator_id"),
                new JobId(Columns.id(row, "job_id")),
                Columns.idOrNull(row, "template_version_preset_id"),
                Columns.instant(row, "created_at"));
    }
}
