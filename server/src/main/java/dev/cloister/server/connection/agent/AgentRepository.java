package dev.cloister.server.connection.agent;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.server.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Agents as people reach them. */
public final class AgentRepository {
    /** The agent as the end of a connection; empty where it is gone since the permit was given. */
    public Optional<AgentTarget> target(ReadTx tx, Permit<WorkspaceAgentId> permit, Action use) {
        return tx.query("""
                SELECT a.id, a.name, a.workspace_id, w.name AS workspace_name, w.owner_id, u.username,
                       w.organization_id, a.ssh_host_key,
                       CASE WHEN a.disconnected_at IS NULL THEN a.session_server END AS server,
                       NOT w.deleted AND b.transition = 'start' AND b.build_number =
                           (SELECT max(build_number) FROM workspace_builds WHERE workspace_id = w.id) AS current
                FROM workspace_agents a
                JOIN workspaces w ON w.id = a.workspace_id
                JOIN users u ON u.id = w.owner_id
                JOIN workspace_builds b ON b.id = a.build_id
                WHERE a.id = :agent""")
                .bind("agent", permit.idFor(use).value())
                .map(AgentRepository::target)
                .findOne();
    }

    /** The addresses of the agent's own applications. */
    public List<String> appAddresses(ReadTx tx, Permit<WorkspaceAgentId> permit) {
        return tx.query("SELECT url FROM workspace_apps WHERE agent_id = :agent AND NOT external")
                .bind("agent", permit.idFor(Action.READ).value())
                .mapTo(String.class)
                .list();
    }

    private static AgentTarget target(ResultSet row, StatementContext context) throws SQLException {
        return new AgentTarget(
                new WorkspaceAgentId(Columns.id(row, "id")),
                row.getString("name"),
                new WorkspaceId(Columns.id(row, "workspace_id")),
                row.getString("workspace_name"),
                Columns.id(row, "owner_id"),
                row.getString("username"),
                Columns.id(row, "organization_id"),
                row.getString("ssh_host_key"),
                row.getBoolean("current"),
                Columns.idOrNull(row, "server"));
    }
}
