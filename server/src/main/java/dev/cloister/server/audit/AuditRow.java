package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.AuditDiffField;
import dev.cloister.contract.api.AuditLog;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.MinimalOrganization;
import dev.cloister.contract.api.ResourceType;
import dev.cloister.contract.api.User;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ZeroValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** A row of the log as the API shows it. */
final class AuditRow {
    private static final UUID NONE = new UUID(0, 0);
    private static final TypeReference<Map<String, AuditDiffField>> DIFFERENCE = new TypeReference<>() {};

    private AuditRow() {}

    static AuditLog map(ResultSet row, StatementContext context) throws SQLException {
        var action = AuditAction.valueOf(row.getString("action").toUpperCase(Locale.ROOT));
        int status = row.getInt("status_code");
        return new AuditLog(
                row.getObject("id", UUID.class),
                row.getObject("request_id", UUID.class),
                instant(row, "time"),
                row.getString("address"),
                row.getString("user_agent"),
                ResourceType.valueOf(row.getString("resource_type").toUpperCase(Locale.ROOT)),
                orNone(row.getObject("resource_id", UUID.class)),
                row.getString("resource_target"),
                "",
                dev.cloister.contract.api.AuditAction.valueOf(action.name()),
                ApiJson.mapper().readValue(row.getString("diff"), DIFFERENCE),
                status,
                ApiJson.mapper().readTree(row.getString("additional_fields")),
                description(action, row, status),
                "",
                false,
                orNone(row.getObject("organization_id", UUID.class)),
                organization(row),
                user(row));
    }

    private static String description(AuditAction action, ResultSet row, int status) throws SQLException {
        String who = row.getObject("actor_id") == null ? row.getString("actor_name") : "{user}";
        String what = status >= 400 ? "unsuccessfully attempted: " + action.pastTense() : action.pastTense();
        if (action == AuditAction.LOGIN || action == AuditAction.LOGOUT || action == AuditAction.REGISTER) {
            return (who.isEmpty() ? "Somebody" : who) + " " + what;
        }
        String type = row.getString("resource_type");
        String kind = type.equals(AuditedType.AUDIT_LOG.wireName()) ? "" : " " + type.replace('_', ' ');
        return (who.isEmpty() ? "Somebody" : who) + " " + what + kind + " {target}";
    }

    private static @Nullable MinimalOrganization organization(ResultSet row) throws SQLException {
        UUID id = row.getObject("organization_id", UUID.class);
        String name = row.getString("organization_name");
        return id == null || name == null
                ? null
                : new MinimalOrganization(
                        id, name, row.getString("organization_display_name"), row.getString("organization_icon"));
    }

    private static @Nullable User user(ResultSet row) throws SQLException {
        String username = row.getString("username");
        return username == null
                ? null
                : new User(
                        row.getObject("actor_id", UUID.class),
                        username,
                        row.getString("name"),
                        row.getString("avatar_url"),
                        row.getString("email"),
                        instant(row, "created_at"),
                        instant(row, "updated_at"),
                        instant(row, "last_seen_at"),
                        UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                        false,
                        "",
                        List.of(),
                        List.of(),
                        false);
    }

    private static UUID orNone(@Nullable UUID id) {
        return id == null ? NONE : id;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? ZeroValues.TIME : value.toInstant();
    }
}
