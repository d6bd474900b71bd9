package dev.cloister.server.connection;

import dev.cloister.contract.api.ConnectionLog;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.connection.agent.Replica;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The rows of the connection log. */
public final class ConnectionLogRepository {
    static final int COUNT_CAP = 2000;
    private static final String SELECT = """
            SELECT c.*, owner.username AS owner_username,
                   o.name AS organization_name, o.display_name AS organization_display_name,
                   o.icon AS organization_icon,
                   u.id AS u_id, u.username, u.name, u.email, u.avatar_url, u.status, u.login_type,
                   u.created_at AS u_created_at, u.updated_at AS u_updated_at, u.last_seen_at
            FROM connection_logs c
            JOIN organizations o ON o.id = c.organization_id
            JOIN users owner ON owner.id = c.workspace_owner_id
            LEFT JOIN users u ON u.id = c.user_id
            """;

    void insert(WriteTx tx, LoggedConnection connection, Replica replica) {
        var target = connection.target();
        tx.update("""
                INSERT INTO connection_logs (id, organization_id, workspace_id, workspace_owner_id, workspace_name,
                    agent_name, type, user_id, address, user_agent, slug_or_port, status_code, connected_at, server_id)
                VALUES (:id, :organization, :workspace, :owner, :workspaceName,
                    :agentName, :type, :user, :address, :userAgent, :slugOrPort, 200, :now, :server)""")
                .bind("id", connection.id())
                .bind("organization", target.organization())
                .bind("workspace", target.workspace().value())
                .bind("owner", target.owner())
                .bind("workspaceName", target.workspaceName())
                .bind("agentName", target.name())
                .bind("type", connection.type().name().toLowerCase(Locale.ROOT))
                .bind(
                        "user",
                        connection.caller() instanceof Caller.User user
                                ? user.subject().id()
                                : null)
                .bind("address", connection.caller().origin().address())
                .bind("userAgent", connection.caller().origin().userAgent())
                .bind("slugOrPort", connection.slugOrPort())
                .bind("now", connection.connectedAt())
                .bind("server", replica.id())
                .execute();
    }

    /** Ends a connection that this process began; does nothing where it has ended. */
    void finish(WriteTx tx, UUID connection, Instant at, String reason, long bytesFromUser, long bytesToUser) {
        tx.update("""
                UPDATE connection_logs
                SET disconnected_at = :at, disconnect_reason = :reason, bytes_from_user = :fromUser,
                    bytes_to_user = :toUser
                WHERE id = :id AND disconnected_at IS NULL""")
                .bind("at", at)
                .bind("reason", reason)
                .bind("fromUser", bytesFromUser)
                .bind("toUser", bytesToUser)
                .bind("id", connection)
                .execute();
    }

    /** Ends what dead processes left open; returns how many that were. */
    int finishOrphans(WriteTx tx, Instant now, String reason) {
        return tx.update("""
                UPDATE connection_logs c SET disconnected_at = :now, disconnect_reason = :reason
                WHERE c.disconnected_at IS NULL
                  AND NOT EXISTS (SELECT 1 FROM server_processes p WHERE p.id = c.server_id)""").bind("now", now).bind("reason", reason).execute();
    }

    List<ConnectionLog> list(ReadTx tx, Visibility visibility, ConnectionLogFilter filter, int limit, int offset) {
        var query = tx.query((SELECT + """
                WHERE %s AND %s
                ORDER BY c.connected_at DESC, c.id
                LIMIT :limit OFFSET :offset""").formatted(visibility.sql(), filter.sql()));
        return filter.bind(visibility.bind(query))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(ConnectionLogRow::map)
                .list();
    }

    /** The connections after one in the order of exports, or the first ones. */
    List<ExportedConnection> page(
            ReadTx tx, Visibility visibility, ConnectionLogFilter filter, Optional<ConnectionLog> after, int limit) {
        String place = after.isEmpty() ? "TRUE" : "(c.connected_at, c.id) < (:p_at, :p_id)";
        var query = tx.query((SELECT + """
                WHERE %s AND %s AND %s
                ORDER BY c.connected_at DESC, c.id DESC
                LIMIT :limit""").formatted(place, visibility.sql(), filter.sql()));
        after.ifPresent(last -> query.bind("p_at", last.connectTime()).bind("p_id", last.id()));
        return filter.bind(visibility.bind(query))
                .bind("limit", limit)
                .map(ConnectionLogRow::exported)
                .list();
    }

    long count(ReadTx tx, Visibility visibility, ConnectionLogFilter filter) {
        var query = tx.query("""
                SELECT count(*) FROM (
                    SELECT 1 FROM connection_logs c
                    JOIN organizations o ON o.id = c.organization_id
                    JOIN users owner ON owner.id = c.workspace_owner_id
                    LEFT JOIN users u ON u.id = c.user_id
                    WHERE %s AND %s LIMIT :cap) AS capped""".formatted(visibility.sql(), filter.sql()));
        return filter.bind(visibility.bind(query))
                .bind("cap", COUNT_CAP)
                .mapTo(Long.class)
                .one();
    }

    /** The columns that decide who can see a connection. */
    static Visibility.Columns columns() {
        return new Visibility.Columns("c.id", "c.organization_id", "", "");
    }
}
