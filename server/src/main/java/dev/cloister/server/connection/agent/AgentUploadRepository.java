package dev.cloister.server.connection.agent;

import dev.cloister.contract.api.PatchAppStatus;
import dev.cloister.contract.api.PostLogSourceRequest;
import dev.cloister.contract.api.WorkspaceAgentLogSource;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Stores what an agent sends over HTTP. */
public final class AgentUploadRepository {
    /** Of each app the latest are kept. */
    private static final int MOST_STATUSES = 20;

    int logSources(ReadTx tx, AgentGrant grant) {
        return tx.query("SELECT count(*) FROM workspace_agent_log_sources WHERE agent_id = :agent")
                .bind("agent", grant.agent())
                .mapTo(Integer.class)
                .one();
    }

    void addLogSource(WriteTx tx, AgentGrant grant, PostLogSourceRequest source, Instant now) {
        tx.update("""
                INSERT INTO workspace_agent_log_sources (agent_id, id, display_name, icon, created_at)
                VALUES (:agent, :id, :name, :icon, :now) ON CONFLICT (agent_id, id) DO NOTHING""")
                .bind("agent", grant.agent())
                .bind("id", source.id())
                .bind("name", source.displayName())
                .bind("icon", source.icon())
                .bind("now", now)
                .execute();
    }

    WorkspaceAgentLogSource logSource(ReadTx tx, AgentGrant grant, UUID id) {
        return tx.query("""
                SELECT agent_id, id, created_at, display_name, icon
                FROM workspace_agent_log_sources WHERE agent_id = :agent AND id = :id""")
                .bind("agent", grant.agent())
                .bind("id", id)
                .map((row, context) -> new WorkspaceAgentLogSource(
                        Columns.id(row, "agent_id"),
                        Columns.id(row, "id"),
                        Columns.instant(row, "created_at"),
                        row.getString("display_name"),
                        row.getString("icon")))
                .one();
    }

    Optional<UUID> app(ReadTx tx, AgentGrant grant, String slug) {
        return tx.query("SELECT id FROM workspace_apps WHERE agent_id = :agent AND slug = :slug")
                .bind("agent", grant.agent())
                .bind("slug", slug)
                .mapTo(UUID.class)
                .findOne();
    }

    void addStatus(WriteTx tx, AgentGrant grant, UUID app, PatchAppStatus status, Instant now) {
        tx.update("""
                INSERT INTO workspace_app_statuses (id, created_at, workspace_id, agent_id, app_id, state, message, uri)
                VALUES (:id, :now, :workspace, :agent, :app, :state, :message, :uri)""")
                .bind("id", UUID.randomUUID())
                .bind("now", now)
                .bind("workspace", grant.workspace().value())
                .bind("agent", grant.agent())
                .bind("app", app)
                .bind("state", status.state().name().toLowerCase(Locale.ROOT))
                .bind("message", status.message())
                .bind("uri", status.uri())
                .execute();
        tx.update("""
                DELETE FROM workspace_app_statuses WHERE app_id = :app AND id NOT IN (
                    SELECT id FROM workspace_app_statuses WHERE app_id = :app ORDER BY created_at DESC LIMIT :most)""").bind("app", app).bind("most", MOST_STATUSES).execute();
    }
}
