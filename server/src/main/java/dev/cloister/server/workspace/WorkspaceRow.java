package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceHealth;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.StatementContext;

/** A workspace with its latest build as the API shows it, still without resources. */
final class WorkspaceRow {
    static final String FROM = """

            FROM workspaces w
            JOIN LATERAL (
                SELECT * FROM workspace_builds WHERE workspace_id = w.id ORDER BY build_number DESC LIMIT 1) b ON TRUE
            """ + WorkspaceBuildRow.JOINS + """
            JOIN organizations o ON o.id = w.organization_id
            """;

    static final String SELECT = """
            SELECT w.id, w.created_at, w.updated_at, w.organization_id, o.name AS organization_name,
                   t.allow_user_cancel_workspace_jobs, t.active_version_id, w.ttl, w.last_used_at, w.automatic_updates,
            """ + WorkspaceBuildRow.COLUMNS + FROM;

    private WorkspaceRow() {}

    static Workspace map(ResultSet row, StatementContext context) throws SQLException {
        WorkspaceBuild build = WorkspaceBuildRow.map(row);
        var active = Columns.id(row, "active_version_id");
        return new Workspace(
                Columns.id(row, "id"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                build.workspaceOwnerId(),
                build.workspaceOwnerName(),
                build.workspaceOwnerAvatarUrl(),
                Columns.id(row, "organization_id"),
                row.getString("organization_name"),
                Columns.id(row, "template_id"),
                row.getString("template_name"),
                row.getString("template_display_name"),
                row.getString("template_icon"),
                row.getBoolean("allow_user_cancel_workspace_jobs"),
                active,
                false,
                true,
                build,
                null,
                !active.equals(build.templateVersionId()),
                row.getString("workspace_name"),
                null,
                Columns.longOrNull(row, "ttl"),
                Columns.instant(row, "last_used_at"),
                null,
                null,
                new WorkspaceHealth(true, List.of()),
                AutomaticUpdates.valueOf(row.getString("automatic_updates").toUpperCase(Locale.ROOT)),
                true,
                false,
                null,
                false,
                null,
                List.of());
    }

    /** The same workspace with what its latest build made, and how that is. */
    static Workspace with(Workspace workspace, List<WorkspaceResource> resources) {
        var failing = resources.stream()
                .flatMap(resource -> resource.agents().stream())
                .filter(agent -> !agent.health().healthy())
                .map(WorkspaceAgent::id)
                .toList();
        return new Workspace(
                workspace.id(),
                workspace.createdAt(),
                workspace.updatedAt(),
                workspace.ownerId(),
                workspace.ownerName(),
                workspace.ownerAvatarUrl(),
                workspace.organizationId(),
                workspace.organizationName(),
                workspace.templateId(),
                workspace.templateName(),
                workspace.templateDisplayName(),
                workspace.templateIcon(),
                workspace.templateAllowUserCancelWorkspaceJobs(),
                workspace.templateActiveVersionId(),
                workspace.templateRequireActiveVersion(),
                workspace.templateUseClassicParameterFlow(),
                WorkspaceBuildRow.with(workspace.latestBuild(), resources),
                workspace.latestAppStatus(),
                workspace.outdated(),
                workspace.name(),
                workspace.autostartSchedule(),
                workspace.ttlMs(),
                workspace.lastUsedAt(),
                workspace.deletingAt(),
                workspace.dormantAt(),
                new WorkspaceHealth(failing.isEmpty(), failing),
                workspace.automaticUpdates(),
                workspace.allowRenames(),
                workspace.favorite(),
                workspace.nextStartAt(),
                workspace.isPrebuild(),
                workspace.taskId(),
                workspace.sharedWith());
    }
}
