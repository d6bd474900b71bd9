package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.SharedWorkspaceActor;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceAppStatus;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceHealth;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.workspace.schedule.TemplateScheduleRepository;
import dev.cloister.server.workspace.schedule.WeeklySchedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

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
                   t.allow_user_cancel_workspace_jobs, t.active_version_id, w.autostart_schedule, w.ttl, w.last_used_at,
                   w.automatic_updates, w.dormant_at, w.deleting_at, w.next_start_at, w.favorite,
            """ + TemplateScheduleRepository.COLUMNS + ",\n" + WorkspaceBuildRow.COLUMNS + FROM;

    private WorkspaceRow() {}

    /** @param viewer a favourite is one for its owner only */
    static RowMapper<Workspace> mapper(UUID viewer) {
        return (row, context) -> map(row, viewer);
    }

    private static Workspace map(ResultSet row, UUID viewer) throws SQLException {
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
                row.getBoolean("require_active_version"),
                true,
                build,
                null,
                !active.equals(build.templateVersionId()),
                row.getString("workspace_name"),
                row.getString("autostart_schedule"),
                Columns.longOrNull(row, "ttl"),
                Columns.instant(row, "last_used_at"),
                Columns.instantOrNull(row, "deleting_at"),
                Columns.instantOrNull(row, "dormant_at"),
                new WorkspaceHealth(true, List.of()),
                AutomaticUpdates.valueOf(row.getString("automatic_updates").toUpperCase(Locale.ROOT)),
                true,
                row.getBoolean("favorite") && viewer.equals(build.workspaceOwnerId()),
                nextStart(row),
                false,
                null,
                List.of());
    }

    /** When the schedule comes round on a day on which the template lets it. */
    private static @Nullable Instant nextStart(ResultSet row) throws SQLException {
        String schedule = row.getString("autostart_schedule");
        Instant next = Columns.instantOrNull(row, "next_start_at");
        if (schedule == null || next == null) {
            return null;
        }
        return TemplateScheduleRepository.map(row)
                .nextStart(WeeklySchedule.stored(schedule), next.minusMillis(1))
                .orElse(null);
    }

    private static @Nullable WorkspaceAppStatus latestStatus(List<WorkspaceResource> resources) {
        return resources.stream()
                .flatMap(resource -> resource.agents().stream())
                .flatMap(agent -> agent.apps().stream())
                .flatMap(app -> app.statuses().stream())
                .max(Comparator.comparing(WorkspaceAppStatus::createdAt))
                .orElse(null);
    }

    /** The same workspace with what its latest build made, how that is, and with whom it is shared. */
    static Workspace with(
            Workspace workspace, List<WorkspaceResource> resources, List<SharedWorkspaceActor> sharedWith) {
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
                latestStatus(resources),
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
                sharedWith);
    }
}
