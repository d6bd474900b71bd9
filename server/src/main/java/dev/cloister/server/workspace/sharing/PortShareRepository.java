package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.contract.api.WorkspaceAgentPortShareProtocol;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** The ports of workspaces that others may open. */
final class PortShareRepository {
    private static final String SELECT =
            "SELECT agent_name, port, share_level, protocol FROM workspace_port_shares WHERE workspace_id = :id";

    SharedPlace place(ReadTx tx, Permit<WorkspaceId> permit) {
        return place(tx, permit, "");
    }

    /** The same, with the workspace locked: one change at a time. */
    SharedPlace lock(WriteTx tx, Permit<WorkspaceId> permit) {
        return place(tx, permit, " FOR UPDATE OF w");
    }

    private static SharedPlace place(ReadTx tx, Permit<WorkspaceId> permit, String lock) {
        return tx.query("""
                SELECT w.id, w.name, w.organization_id, w.deleted, t.max_port_share_level
                FROM workspaces w JOIN templates t ON t.id = w.template_id WHERE w.id = :id""" + lock)
                .bind("id", permit.idFor(permit.action()).value())
                .map((row, context) -> new SharedPlace(
                        Columns.id(row, "id"),
                        row.getString("name"),
                        Columns.id(row, "organization_id"),
                        row.getBoolean("deleted"),
                        level(row.getString("max_port_share_level"))))
                .one();
    }

    /** Whether the workspace's latest build has an agent of this name. */
    boolean hasAgent(ReadTx tx, Permit<WorkspaceId> permit, String agent) {
        return tx.query("""
                SELECT EXISTS (
                    SELECT 1 FROM workspace_agents a JOIN workspace_builds b ON b.id = a.build_id
                    WHERE a.workspace_id = :id AND a.name = :agent AND b.build_number = (
                        SELECT max(build_number) FROM workspace_builds WHERE workspace_id = :id))""")
                .bind("id", permit.idFor(permit.action()).value())
                .bind("agent", agent)
                .mapTo(Boolean.class)
                .one();
    }

    List<PortShare> list(ReadTx tx, Permit<WorkspaceId> permit) {
        return tx.query(SELECT + " ORDER BY agent_name, port")
                .bind("id", permit.idFor(permit.action()).value())
                .map(PortShareRepository::share)
                .list();
    }

    void put(WriteTx tx, Permit<WorkspaceId> permit, PortShare share) {
        tx.update("""
                INSERT INTO workspace_port_shares (workspace_id, agent_name, port, share_level, protocol)
                VALUES (:id, :agent, :port, :level, :protocol)
                ON CONFLICT (workspace_id, agent_name, port)
                    DO UPDATE SET share_level = EXCLUDED.share_level, protocol = EXCLUDED.protocol""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("agent", share.agent())
                .bind("port", share.port())
                .bind("level", share.level().name().toLowerCase(Locale.ROOT))
                .bind("protocol", share.protocol().name().toLowerCase(Locale.ROOT))
                .execute();
    }

    /** Takes a share away; returns what it was. */
    Optional<PortShare> remove(WriteTx tx, Permit<WorkspaceId> permit, String agent, int port) {
        return tx.query("""
                DELETE FROM workspace_port_shares
                WHERE workspace_id = :id AND agent_name = :agent AND port = :port
                RETURNING agent_name, port, share_level, protocol""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("agent", agent)
                .bind("port", port)
                .map(PortShareRepository::share)
                .findOne();
    }

    private static PortShare share(ResultSet row, StatementContext context) throws SQLException {
        return new PortShare(
                row.getString("agent_name"),
                row.getInt("port"),
                level(row.getString("share_level")),
                WorkspaceAgentPortShareProtocol.valueOf(
                        row.getString("protocol").toUpperCase(Locale.ROOT)));
    }

    private static WorkspaceAgentPortShareLevel level(String stored) {
        return WorkspaceAgentPortShareLevel.valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
