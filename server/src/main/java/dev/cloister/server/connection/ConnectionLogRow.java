package dev.cloister.server.connection;

import dev.cloister.contract.api.ConnectionLog;
import dev.cloister.contract.api.ConnectionLogSSHInfo;
import dev.cloister.contract.api.ConnectionLogWebInfo;
import dev.cloister.contract.api.ConnectionType;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.MinimalOrganization;
import dev.cloister.contract.api.MinimalUser;
import dev.cloister.contract.api.User;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A row of the connection log as the API shows it. */
final class ConnectionLogRow {
    private ConnectionLogRow() {}

    static ConnectionLog map(ResultSet row, StatementContext context) throws SQLException {
        var type = ConnectionType.valueOf(row.getString("type").toUpperCase(Locale.ROOT));
        String slugOrPort = row.getString("slug_or_port");
        String address = row.getString("address");
        return new ConnectionLog(
                Columns.id(row, "id"),
                Columns.instant(row, "connected_at"),
                new MinimalOrganization(
                        Columns.id(row, "organization_id"),
                        row.getString("organization_name"),
                        row.getString("organization_display_name"),
                        row.getString("organization_icon")),
                Columns.id(row, "workspace_owner_id"),
                row.getString("owner_username"),
                Columns.id(row, "workspace_id"),
                row.getString("workspace_name"),
                row.getString("agent_name"),
                address.isEmpty() ? null : address,
                type,
                slugOrPort.isEmpty()
                        ? null
                        : new ConnectionLogWebInfo(
                                row.getString("user_agent"), user(row), slugOrPort, row.getInt("status_code")),
                type == ConnectionType.WORKSPACE_APP ? null : ends(row));
    }

    static ExportedConnection exported(ResultSet row, StatementContext context) throws SQLException {
        return new ExportedConnection(
                map(row, context),
                person(row),
                row.getString("user_agent"),
                row.getLong("bytes_from_user"),
                row.getLong("bytes_to_user"));
    }

    private static @Nullable MinimalUser person(ResultSet row) throws SQLException {
        return Columns.idOrNull(row, "u_id") == null
                ? null
                : new MinimalUser(
                        Columns.id(row, "u_id"),
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("avatar_url"));
    }

    private static ConnectionLogSSHInfo ends(ResultSet row) throws SQLException {
        String reason = row.getString("disconnect_reason");
        return new ConnectionLogSSHInfo(
                Columns.id(row, "id"),
                Columns.instantOrNull(row, "disconnected_at"),
                reason.isEmpty() ? null : reason,
                null,
                person(row));
    }

    private static @Nullable User user(ResultSet row) throws SQLException {
        if (Columns.idOrNull(row, "u_id") == null) {
            return null;
        }
        return new User(
                Columns.id(row, "u_id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("avatar_url"),
                row.getString("email"),
                Columns.instant(row, "u_created_at"),
                Columns.instant(row, "u_updated_at"),
                Columns.instant(row, "last_seen_at"),
                UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                false,
                "",
                List.of(),
                List.of(),
                false);
    }
}
