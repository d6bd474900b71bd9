package dev.cloister.server.template;

import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.GroupSource;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.ReducedUser;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.TemplateGroup;
import dev.cloister.contract.api.TemplateRole;
import dev.cloister.contract.api.TemplateUser;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Role;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** People and groups to whom templates are given, as the API shows them. */
final class AclRow {
    static final String USER = """
            u.id, u.username, u.name, u.avatar_url, u.email, u.created_at, u.updated_at, u.last_seen_at, u.status,
            u.login_type, u.rbac_roles, u.is_service_account""";

    static final String GROUP = """
            g.id, g.name, g.display_name, g.organization_id, g.avatar_url, g.quota_allowance, g.source,
            o.name AS organization_name, o.display_name AS organization_display_name""";

    private AclRow() {}

    static ReducedUser user(ResultSet row) throws SQLException {
        Instant seen = Columns.instantOrNull(row, "last_seen_at");
        return new ReducedUser(
                Columns.id(row, "id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("avatar_url"),
                row.getString("email"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                seen == null ? ZeroValues.TIME : seen,
                UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                row.getBoolean("is_service_account"),
                "");
    }

    static TemplateUser user(ResultSet row, TemplateRole role) throws SQLException {
        ReducedUser user = user(row);
        return new TemplateUser(
                user.id(),
                user.username(),
                user.name(),
                user.avatarUrl(),
                user.email(),
                user.createdAt(),
                user.updatedAt(),
                user.lastSeenAt(),
                user.status(),
                user.loginType(),
                user.isServiceAccount(),
                user.themePreference(),
                List.of((UUID[]) row.getArray("organizations").getArray()),
                Columns.texts(row, "rbac_roles").stream()
                        .flatMap(name -> Role.parse(name).stream())
                        .map(name -> new SlimRole(name.wireName(), name.displayName(), ""))
                        .toList(),
                false,
                role);
    }

    static Group group(ResultSet row, List<ReducedUser> members, int total) throws SQLException {
        return new Group(
                Columns.id(row, "id"),
                row.getString("name"),
                row.getString("display_name"),
                Columns.id(row, "organization_id"),
                members,
                total,
                row.getString("avatar_url"),
                row.getInt("quota_allowance"),
                GroupSource.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                row.getString("organization_name"),
                row.getString("organization_display_name"));
    }

    static TemplateGroup with(Group group, TemplateRole role) {
        return new TemplateGroup(
                group.id(),
                group.name(),
                group.displayName(),
                group.organizationId(),
                group.members(),
                group.totalMemberCount(),
                group.avatarUrl(),
                group.quotaAllowance(),
                group.source(),
                group.organizationName(),
                group.organizationDisplayName(),
                role);
    }
}
