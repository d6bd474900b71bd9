package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.Template;
import dev.cloister.contract.api.TemplateAutostartRequirement;
import dev.cloister.contract.api.TemplateAutostopRequirement;
import dev.cloister.contract.api.TransitionStats;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A template as the API shows it. */
final class TemplateRow {
    /** Everything {@link #map} reads; how long builds took is of the last 30 days. */
    static final String SELECT = """
            SELECT t.*,
                   o.name AS organization_name, o.display_name AS organization_display_name,
                   o.icon AS organization_icon, u.username AS created_by_name,
                   (SELECT count(DISTINCT w.owner_id) FROM workspaces w
                    WHERE w.template_id = t.id AND NOT w.deleted) AS active_users,
                   (SELECT jsonb_object_agg(s.transition, jsonb_build_array(s.median, s.high))::text FROM (
                        SELECT b.transition,
                            percentile_disc(0.5) WITHIN GROUP (ORDER BY m.millis) AS median,
                            percentile_disc(0.95) WITHIN GROUP (ORDER BY m.millis) AS high
                        FROM (SELECT transition, job_id FROM workspace_builds
                              WHERE template_version_id IN (
                                  SELECT id FROM template_versions WHERE template_id = t.id)
                              ORDER BY created_at DESC LIMIT 200) b
                        JOIN provisioner_jobs j ON j.id = b.job_id
                        CROSS JOIN LATERAL (
                            SELECT (extract(epoch FROM j.completed_at - j.started_at) * 1000)::bigint AS millis) m
                        WHERE j.completed_at > now() - interval '30 days' AND j.error = '' AND j.canceled_at IS NULL
                        GROUP BY b.transition) s) AS build_times
            FROM templates t
            JOIN organizations o ON o.id = t.organization_id
            JOIN users u ON u.id = t.created_by
            """;

    private TemplateRow() {}

    static Template map(ResultSet row, StatementContext context) throws SQLException {
        TemplateSettings settings = SettingsRow.map(row);
        return new Template(
                Columns.id(row, "id"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                Columns.id(row, "organization_id"),
                row.getString("organization_name"),
                row.getString("organization_display_name"),
                row.getString("organization_icon"),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("provisioner"),
                Columns.id(row, "active_version_id"),
                row.getInt("active_users"),
                buildTimes(row.getString("build_times")),
                row.getString("description"),
                !row.getString("deprecated").isEmpty(),
                row.getString("deprecated"),
                row.getBoolean("deleted"),
                row.getString("icon"),
                settings.defaultTtl(),
                settings.activityBump(),
                new TemplateAutostopRequirement(settings.autostopDays(), settings.autostopWeeks()),
                new TemplateAutostartRequirement(settings.autostartDays()),
                Columns.id(row, "created_by"),
                row.getString("created_by_name"),
                settings.allowUserAutostart(),
                settings.allowUserAutostop(),
                settings.allowUserCancelWorkspaceJobs(),
                settings.failureTtl(),
                settings.timeTilDormant(),
                settings.timeTilDormantAutodelete(),
                settings.timeTilAutostopNotify(),
                settings.requireActiveVersion(),
                settings.maxPortShareLevel(),
                settings.useClassicParameterFlow(),
                settings.corsBehavior(),
                settings.disableModuleCache());
    }

    private static Map<WorkspaceTransition, TransitionStats> buildTimes(@Nullable String json) {
        var stats = new EnumMap<WorkspaceTransition, TransitionStats>(WorkspaceTransition.class);
        JsonNode measured = json == null
                ? ApiJson.mapper().createObjectNode()
                : ApiJson.mapper().readTree(json);
        for (WorkspaceTransition transition : WorkspaceTransition.values()) {
            JsonNode times = measured.path(transition.name().toLowerCase(Locale.ROOT));
            stats.put(
                    transition,
                    new TransitionStats(
                            times.isMissingNode() ? null : times.path(0).asLong(),
                            times.isMissingNode() ? null : times.path(1).asLong()));
        }
        return stats;
    }
}
