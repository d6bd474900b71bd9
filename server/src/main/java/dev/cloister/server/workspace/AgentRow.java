package dev.cloister.server.workspace;

import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.DisplayApp;
import dev.cloister.contract.api.Healthcheck;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceAgentLifecycle;
import dev.cloister.contract.api.WorkspaceAgentLogSource;
import dev.cloister.contract.api.WorkspaceAgentScript;
import dev.cloister.contract.api.WorkspaceAgentScriptStatus;
import dev.cloister.contract.api.WorkspaceAgentStartupScriptBehavior;
import dev.cloister.contract.api.WorkspaceApp;
import dev.cloister.contract.api.WorkspaceAppHealth;
import dev.cloister.contract.api.WorkspaceAppOpenIn;
import dev.cloister.contract.api.WorkspaceAppStatus;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.workspace.sharing.ShareLevels;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Agents and what belongs to them as the API shows it. */
final class AgentRow {
    static final String COLUMNS = """
            a.id, a.resource_id, a.name, a.operating_system, a.architecture, a.directory, a.expanded_directory,
            a.version, a.api_version, a.environment::text AS environment, a.lifecycle_state, a.started_at, a.ready_at,
            a.first_connected_at, a.last_connected_at, a.disconnected_at, a.connection_timeout_seconds, a.logs_length,
            a.logs_overflowed, a.startup_behavior, a.created_at, a.updated_at""";

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final List<DisplayApp> DISPLAY_APPS =
            List.of(DisplayApp.WEB_TERMINAL, DisplayApp.SSH_HELPER, DisplayApp.PORT_FORWARDING_HELPER);

    private AgentRow() {}

    static WorkspaceAgent agent(ResultSet row, AgentParts parts, Instant now) throws SQLException {
        var id = Columns.id(row, "id");
        var made = Columns.instant(row, "created_at");
        int patience = row.getInt("connection_timeout_seconds");
        Instant first = Columns.instantOrNull(row, "first_connected_at");
        Instant last = Columns.instantOrNull(row, "last_connected_at");
        Instant disconnected = Columns.instantOrNull(row, "disconnected_at");
        var status = AgentState.status(made, Duration.ofSeconds(patience), first, last, disconnected, now);
        var lifecycle = WorkspaceAgentLifecycle.valueOf(upper(row.getString("lifecycle_state")));
        String protocol = row.getString("api_version");
        return new WorkspaceAgent(
                id,
                null,
                made,
                Columns.instant(row, "updated_at"),
                first,
                last,
                disconnected,
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ready_at"),
                status,
                lifecycle,
                row.getString("name"),
                Columns.id(row, "resource_id"),
                "",
                row.getString("architecture"),
                ApiJson.mapper().readValue(row.getString("environment"), TEXTS),
                row.getString("operating_system"),
                row.getInt("logs_length"),
                row.getBoolean("logs_overflowed"),
                row.getString("directory"),
                row.getString("expanded_directory"),
                row.getString("version"),
                protocol.isEmpty() ? AgentRpc.VERSION : protocol,
                parts.appsOf(id),
                Map.of(),
                patience,
                "",
                List.of(),
                AgentState.health(status, lifecycle),
                DISPLAY_APPS,
                parts.logSourcesOf(id),
                parts.scriptsOf(id),
                WorkspaceAgentStartupScriptBehavior.valueOf(upper(row.getString("startup_behavior"))));
    }

    static WorkspaceAppStatus appStatus(ResultSet row) throws SQLException {
        return new WorkspaceAppStatus(
                Columns.id(row, "id"),
                Columns.instant(row, "created_at"),
                Columns.id(row, "workspace_id"),
                Columns.id(row, "agent_id"),
                Columns.id(row, "app_id"),
                row.getString("state"),
                row.getString("message"),
                row.getString("uri"),
                "",
                false);
    }

    /** @param statuses what the app said lately, the newest first */
    static WorkspaceApp app(ResultSet row, AppLabels labels, List<WorkspaceAppStatus> statuses) throws SQLException {
        boolean subdomain = row.getBoolean("subdomain");
        String slug = row.getString("slug");
        return new WorkspaceApp(
                Columns.id(row, "id"),
                row.getString("url"),
                row.getBoolean("external"),
                slug,
                row.getString("display_name"),
                row.getString("command"),
                row.getString("icon"),
                subdomain,
                subdomain
                        ? labels.label(
                                slug,
                                row.getString("agent_name"),
                                row.getString("workspace_name"),
                                row.getString("owner_name"))
                        : "",
                ShareLevels.effective(row.getString("sharing_level"), row.getString("max_port_share_level")),
                new Healthcheck(
                        row.getString("healthcheck_url"),
                        row.getInt("healthcheck_interval"),
                        row.getInt("healthcheck_threshold")),
                WorkspaceAppHealth.valueOf(upper(row.getString("health"))),
                "",
                row.getBoolean("hidden"),
                WorkspaceAppOpenIn.valueOf(upper(row.getString("open_in"))),
                "",
                statuses);
    }

    static WorkspaceAgentScript script(ResultSet row) throws SQLException {
        return new WorkspaceAgentScript(
                Columns.id(row, "id"),
                Columns.id(row, "log_source_id"),
                row.getString("log_path"),
                row.getString("script"),
                row.getString("cron"),
                row.getBoolean("run_on_start"),
                row.getBoolean("run_on_stop"),
                row.getBoolean("start_blocks_login"),
                Duration.ofSeconds(row.getInt("timeout_seconds")).toNanos(),
                row.getString("display_name"),
                Columns.integerOrNull(row, "exit_code"),
                scriptStatus(row.getString("status")));
    }

    private static @Nullable WorkspaceAgentScriptStatus scriptStatus(@Nullable String stored) {
        return stored == null ? null : WorkspaceAgentScriptStatus.valueOf(upper(stored));
    }

    static WorkspaceAgentLogSource logSource(ResultSet row) throws SQLException {
        return new WorkspaceAgentLogSource(
                Columns.id(row, "agent_id"),
                Columns.id(row, "id"),
                Columns.instant(row, "created_at"),
                row.getString("display_name"),
                row.getString("icon"));
    }

    private static String upper(String wireName) {
        return wireName.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
