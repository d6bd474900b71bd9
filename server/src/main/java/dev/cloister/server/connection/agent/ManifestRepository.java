package dev.cloister.server.connection.agent;

import com.google.protobuf.Duration;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.agent.WorkspaceAgentMetadata;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import dev.cloister.contract.agent.WorkspaceApp;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** What a build left for an agent to do. */
public final class ManifestRepository {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    record Agent(
            String name, String workspaceName, String ownerName, Map<String, String> environment, String directory) {}

    Agent agent(ReadTx tx, AgentGrant grant) {
        return tx.query("""
                SELECT a.name, w.name AS workspace_name, u.username, a.environment, a.directory
                FROM workspace_agents a
                JOIN workspaces w ON w.id = a.workspace_id
                JOIN users u ON u.id = w.owner_id
                WHERE a.id = :agent""")
                .bind("agent", grant.agent())
                .map((row, context) -> new Agent(
                        row.getString("name"),
                        row.getString("workspace_name"),
                        row.getString("username"),
                        ApiJson.mapper().readValue(row.getString("environment"), TEXTS),
                        row.getString("directory")))
                .one();
    }

    List<WorkspaceAgentScript> scripts(ReadTx tx, AgentGrant grant) {
        return tx.query("""
                SELECT id, log_source_id, log_path, script, cron, run_on_start, run_on_stop, start_blocks_login,
                       timeout_seconds, display_name
                FROM workspace_agent_scripts WHERE agent_id = :agent ORDER BY position""")
                .bind("agent", grant.agent())
                .map(ManifestRepository::script)
                .list();
    }

    private static WorkspaceAgentScript script(ResultSet row, StatementContext context) throws SQLException {
        return WorkspaceAgentScript.newBuilder()
                .setId(UuidBytes.of(Columns.id(row, "id")))
                .setLogSourceId(UuidBytes.of(Columns.id(row, "log_source_id")))
                .setLogPath(row.getString("log_path"))
                .setScript(row.getString("script"))
                .setCron(row.getString("cron"))
                .setRunOnStart(row.getBoolean("run_on_start"))
                .setRunOnStop(row.getBoolean("run_on_stop"))
                .setStartBlocksLogin(row.getBoolean("start_blocks_login"))
                .setTimeout(Duration.newBuilder().setSeconds(row.getInt("timeout_seconds")))
                .setDisplayName(row.getString("display_name"))
                .build();
    }

    List<WorkspaceAgentMetadata.Description> metadata(ReadTx tx, AgentGrant grant) {
        return tx.query("""
                SELECT key, display_name, script, interval_ms, timeout_ms
                FROM workspace_agent_metadata WHERE agent_id = :agent ORDER BY position""")
                .bind("agent", grant.agent())
                .map((row, context) -> WorkspaceAgentMetadata.Description.newBuilder()
                        .setKey(row.getString("key"))
                        .setDisplayName(row.getString("display_name"))
                        .setScript(row.getString("script"))
                        .setInterval(milliseconds(row.getLong("interval_ms")))
                        .setTimeout(milliseconds(row.getLong("timeout_ms")))
                        .build())
                .list();
    }

    private static Duration milliseconds(long milliseconds) {
        return Duration.newBuilder()
                .setSeconds(milliseconds / 1000)
                .setNanos((int) (milliseconds % 1000) * 1_000_000)
                .build();
    }

    /** The apps, without their host names. */
    List<WorkspaceApp> apps(ReadTx tx, AgentGrant grant) {
        return tx.query("""
                SELECT id, url, external, slug, display_name, command, icon, subdomain, sharing_level,
                       healthcheck_url, healthcheck_interval, healthcheck_threshold, health, hidden
                FROM workspace_apps WHERE agent_id = :agent ORDER BY position""")
                .bind("agent", grant.agent())
                .map(ManifestRepository::app)
                .list();
    }

    private static WorkspaceApp app(ResultSet row, StatementContext context) throws SQLException {
        UUID id = Columns.id(row, "id");
        return WorkspaceApp.newBuilder()
                .setId(UuidBytes.of(id))
                .setUrl(row.getString("url"))
                .setExternal(row.getBoolean("external"))
                .setSlug(row.getString("slug"))
                .setDisplayName(row.getString("display_name"))
                .setCommand(row.getString("command"))
                .setIcon(row.getString("icon"))
                .setSubdomain(row.getBoolean("subdomain"))
                .setSharingLevel(sharing(row.getString("sharing_level")))
                .setHealthcheck(WorkspaceApp.Healthcheck.newBuilder()
                        .setUrl(row.getString("healthcheck_url"))
                        .setInterval(Duration.newBuilder().setSeconds(row.getInt("healthcheck_interval")))
                        .setThreshold(row.getInt("healthcheck_threshold")))
                .setHealth(health(row.getString("health")))
                .setHidden(row.getBoolean("hidden"))
                .build();
    }

    private static WorkspaceApp.SharingLevel sharing(String stored) {
        return switch (stored) {
            case "authenticated" -> WorkspaceApp.SharingLevel.AUTHENTICATED;
            case "organization" -> WorkspaceApp.SharingLevel.ORGANIZATION;
            case "public" -> WorkspaceApp.SharingLevel.PUBLIC;
            default -> WorkspaceApp.SharingLevel.OWNER;
        };
    }

    private static WorkspaceApp.Health health(String stored) {
        return switch (stored) {
            case "initializing" -> WorkspaceApp.Health.INITIALIZING;
            case "healthy" -> WorkspaceApp.Health.HEALTHY;
            case "unhealthy" -> WorkspaceApp.Health.UNHEALTHY;
            default -> WorkspaceApp.Health.DISABLED;
        };
    }
}
