package dev.cloister.server.connection.agent;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** When agents are connected, and to which server process. */
public final class AgentPresenceRepository {
    /** The agent's connection is now this one; an earlier one counts no longer, whichever process holds it. */
    void connected(WriteTx tx, AgentGrant grant, Replica replica, Instant now) {
        tx.update("""
                UPDATE workspace_agents
                SET session_id = :session, session_server = :server, disconnected_at = NULL,
                    first_connected_at = coalesce(first_connected_at, :now), last_connected_at = :now,
                    updated_at = :now
                WHERE id = :agent""")
                .bind("session", grant.session())
                .bind("server", replica.id())
                .bind("now", now)
                .bind("agent", grant.agent())
                .execute();
    }

    /** The connection ended; says nothing where another has taken its place. True where it still counted. */
    boolean disconnected(WriteTx tx, AgentGrant grant, Instant now) {
        return tx.update("""
                UPDATE workspace_agents
                SET disconnected_at = :now, session_id = NULL, session_server = NULL, updated_at = :now
                WHERE id = :agent AND session_id = :session""")
                        .bind("now", now)
                        .bind("agent", grant.agent())
                        .bind("session", grant.session())
                        .execute()
                > 0;
    }

    /**
     * Where the agent's connection is. A process lives as long as the database sees its connection for events, which a
     * killed one loses at once.
     */
    AgentPlace place(ReadTx tx, AgentTarget target, Replica here) {
        return tx.query("""
                SELECT a.session_server, p.relay_url, EXISTS (
                    SELECT 1 FROM pg_stat_activity s
                    WHERE s.datname = current_database() AND s.application_name = p.listener) AS lives
                FROM workspace_agents a
                LEFT JOIN server_processes p ON p.id = a.session_server
                WHERE a.id = :agent AND a.disconnected_at IS NULL AND a.session_server IS NOT NULL""")
                .bind("agent", target.id().value())
                .map((row, context) -> place(row, here))
                .findOne()
                .orElseGet(AgentPlace.Nowhere::new);
    }

    private static AgentPlace place(ResultSet row, Replica here) throws SQLException {
        UUID server = Columns.id(row, "session_server");
        if (server.equals(here.id()) || !row.getBoolean("lives")) {
            return new AgentPlace.Lost();
        }
        String url = row.getString("relay_url");
        return url.isEmpty() ? new AgentPlace.OutOfReach() : new AgentPlace.Elsewhere(server, URI.create(url));
    }

    /** These connections live. Returns the sessions that still count. */
    Set<UUID> heartbeat(WriteTx tx, Collection<AgentGrant> grants, Instant now) {
        return new HashSet<>(tx.query("""
                WITH beating AS (
                    UPDATE workspace_agents SET last_connected_at = :now
                    WHERE id = ANY(:agents) AND session_id = ANY(:sessions)
                    RETURNING session_id)
                SELECT session_id FROM beating""")
                .bind("now", now)
                .bindArray("agents", UUID.class, agents(grants))
                .bindArray("sessions", UUID.class, sessions(grants))
                .mapTo(UUID.class)
                .list());
    }

    /**
     * Which of these agents may stay connected: while their build is the workspace's latest, and while a later build is
     * still running, in which they are being stopped and may say how that goes; never a connection that another has
     * replaced, on whichever server.
     */
    Set<UUID> entitled(ReadTx tx, Collection<AgentGrant> grants) {
        return new HashSet<>(tx.query("""
                SELECT a.id
                FROM workspace_agents a
                JOIN workspaces w ON w.id = a.workspace_id AND NOT w.deleted
                JOIN workspace_builds b ON b.workspace_id = w.id AND b.build_number =
                    (SELECT max(build_number) FROM workspace_builds WHERE workspace_id = w.id)
                JOIN provisioner_jobs j ON j.id = b.job_id
                WHERE a.id = ANY(:agents) AND a.session_id = ANY(:sessions)
                  AND (b.id = a.build_id OR j.completed_at IS NULL)""")
                .bindArray("agents", UUID.class, agents(grants))
                .bindArray("sessions", UUID.class, sessions(grants))
                .mapTo(UUID.class)
                .list());
    }

    private static Object[] agents(Collection<AgentGrant> grants) {
        return grants.stream().map(AgentGrant::agent).toArray();
    }

    private static Object[] sessions(Collection<AgentGrant> grants) {
        return grants.stream().map(AgentGrant::session).toArray();
    }

    /** Ends the connections that a dead server process held; returns the workspaces whose state this changes. */
    List<UUID> disconnectOrphans(WriteTx tx, Instant now) {
        return tx.query("""
                WITH orphans AS (
                    UPDATE workspace_agents a
                    SET disconnected_at = :now, session_id = NULL, session_server = NULL, updated_at = :now
                    WHERE a.session_server IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM server_processes p WHERE p.id = a.session_server)
                    RETURNING a.workspace_id)
                SELECT DISTINCT workspace_id FROM orphans""").bind("now", now).mapTo(UUID.class).list();
    }
}
