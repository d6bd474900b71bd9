package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.ProvisionerJobMetadata;
import dev.cloister.contract.api.ProvisionerJobStatus;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.build.JobRow;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** A build as the API shows it, still without its resources. */
final class WorkspaceBuildRow {
    /** The columns of builds {@code b}, their jobs {@code j} and all that {@link #JOINS} joins. */
    static final String COLUMNS = """
            b.id AS build_id, b.created_at AS build_created_at, b.updated_at AS build_updated_at, b.workspace_id,
            w.name AS workspace_name, w.owner_id, owner.username AS owner_name, owner.avatar_url AS owner_avatar_url,
            b.template_version_id, v.name AS version_name, b.build_number, b.transition, b.initiator_id,
            initiator.username AS initiator_name, b.reason, b.deadline, b.max_deadline, b.daily_cost, b.template_version_preset_id, w.template_id, t.name AS template_name,
            t.display_name AS template_display_name, t.icon AS template_icon,
            """ + JobRow.COLUMNS;

    /** For {@code FROM workspaces w} with builds {@code b}. */
    static final String JOINS = """

            JOIN provisioner_jobs j ON j.id = b.job_id
            JOIN template_versions v ON v.id = b.template_version_id
            JOIN templates t ON t.id = w.template_id
            JOIN users owner ON owner.id = w.owner_id
            JOIN users initiator ON initiator.id = b.initiator_id
            """;

    /** A workspace's state in SQL, in the words of {@link WorkspaceStatus}. */
    static final String STATUS = """
            CASE WHEN j.completed_at IS NULL AND j.canceled_at IS NULL AND j.started_at IS NOT NULL THEN
                CASE b.transition WHEN 'start' THEN 'starting' WHEN 'stop' THEN 'stopping' ELSE 'deleting' END
            WHEN j.completed_at IS NOT NULL AND j.canceled_at IS NULL AND j.error = '' THEN
                CASE b.transition WHEN 'start' THEN 'running' WHEN 'stop' THEN 'stopped' ELSE 'deleted' END
            ELSE (""" + JobRow.STATUS + ") END";

    private WorkspaceBuildRow() {}

    static WorkspaceBuild map(ResultSet row) throws SQLException {
        var transition = WorkspaceTransition.valueOf(row.getString("transition").toUpperCase(Locale.ROOT));
        return new WorkspaceBuild(
                Columns.id(row, "build_id"),
                Columns.instant(row, "build_created_at"),
                Columns.instant(row, "build_updated_at"),
                Columns.id(row, "workspace_id"),
                row.getString("workspace_name"),
                Columns.id(row, "owner_id"),
                row.getString("owner_name"),
                row.getString("owner_avatar_url"),
                Columns.id(row, "template_version_id"),
                row.getString("version_name"),
                row.getInt("build_number"),
                transition,
                Columns.id(row, "initiator_id"),
                row.getString("initiator_name"),
                JobRow.map(row, metadata(row, transition)),
                BuildReason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)),
                List.of(),
                Columns.instantOrNull(row, "deadline"),
                Columns.instantOrNull(row, "max_deadline"),
                status(JobRow.status(row), transition),
                row.getInt("daily_cost"),
                null,
                Columns.idOrNull(row, "template_version_preset_id"),
                null,
                null);
    }

    private static ProvisionerJobMetadata metadata(ResultSet row, WorkspaceTransition transition) throws SQLException {
        return new ProvisionerJobMetadata(
                row.getString("version_name"),
                Columns.id(row, "template_id"),
                row.getString("template_name"),
                row.getString("template_display_name"),
                row.getString("template_icon"),
                Columns.id(row, "workspace_id"),
                row.getString("workspace_name"),
                transition);
    }

    /** What state a build leaves its workspace in, as Coder defines it. */
    static WorkspaceStatus status(ProvisionerJobStatus job, WorkspaceTransition transition) {
        return switch (job) {
            case PENDING -> WorkspaceStatus.PENDING;
            case CANCELING -> WorkspaceStatus.CANCELING;
            case CANCELED -> WorkspaceStatus.CANCELED;
            case FAILED, UNKNOWN -> WorkspaceStatus.FAILED;
            case RUNNING ->
                switch (transition) {
                    case START -> WorkspaceStatus.STARTING;
                    case STOP -> WorkspaceStatus.STOPPING;
                    case DELETE -> WorkspaceStatus.DELETING;
                };
            case SUCCEEDED ->
                switch (transition) {
                    case START -> WorkspaceStatus.RUNNING;
                    case STOP -> WorkspaceStatus.STOPPED;
                    case DELETE -> WorkspaceStatus.DELETED;
                };
        };
    }

    /** The same build with what it made. */
    static WorkspaceBuild with(WorkspaceBuild build, List<dev.cloister.contract.api.WorkspaceResource> resources) {
        return new WorkspaceBuild(
                build.id(),
                build.createdAt(),
                build.updatedAt(),
                build.workspaceId(),
                build.workspaceName(),
                build.workspaceOwnerId(),
                build.workspaceOwnerName(),
                build.workspaceOwnerAvatarUrl(),
                build.templateVersionId(),
                build.templateVersionName(),
                build.buildNumber(),
                build.transition(),
                build.initiatorId(),
                build.initiatorName(),
                build.job(),
                build.reason(),
                resources,
                build.deadline(),
                build.maxDeadline(),
                build.status(),
                build.dailyCost(),
                build.matchedProvisioners(),
                build.templateVersionPresetId(),
                build.hasAiTask(),
                build.hasExternalAgent());
    }
}
