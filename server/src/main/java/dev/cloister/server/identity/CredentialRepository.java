package dev.cloister.server.identity;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Role;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.JsonNode;

/**
 * Looks a credential up: the second of the two places that may read rows by a bare id, because a caller exists only
 * afterwards. One statement, since every request pays for it.
 */
public final class CredentialRepository {
    /** A credential with its holder and their roles. */
    record Found(
            byte[] hashedSecret,
            UUID userId,
            String username,
            String status,
            Set<Role> siteRoles,
            Map<UUID, Set<Role>> organizationRoles,
            List<String> scopes,
            boolean isSession,
            long lifetimeSeconds,
            Instant createdAt,
            Instant lastUsed,
            Instant expiresAt) {}

    Optional<Found> find(ReadTx tx, String id) {
        return tx.query("""
                SELECT k.hashed_secret, k.scopes, k.login_type, k.lifetime_seconds, k.created_at, k.last_used,
                       k.expires_at, u.id AS user_id, u.username, u.status, u.rbac_roles,
                       (SELECT coalesce(json_object_agg(m.organization_id, m.roles), '{}')
                        FROM organization_members m WHERE m.user_id = u.id) AS memberships
                FROM api_keys k JOIN users u ON u.id = k.user_id AND NOT u.deleted
                WHERE k.id = :id""").bind("id", id).map(CredentialRepository::found).findOne();
    }

    private static Found found(ResultSet row, StatementContext context) throws SQLException {
        return new Found(
                row.getBytes("hashed_secret"),
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                row.getString("status"),
                roles(Arrays.asList((String[]) row.getArray("rbac_roles").getArray())),
                memberships(row.getString("memberships")),
                Arrays.asList((String[]) row.getArray("scopes").getArray()),
                row.getString("login_type").equals("password"),
                row.getLong("lifetime_seconds"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_used", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private static Map<UUID, Set<Role>> memberships(String json) {
        var memberships = new HashMap<UUID, Set<Role>>();
        for (Map.Entry<String, JsonNode> entry : ApiJson.mapper().readTree(json).properties()) {
            memberships.put(
                    UUID.fromString(entry.getKey()),
                    roles(entry.getValue().valueStream().map(JsonNode::asString).toList()));
        }
        return memberships;
    }

    private static Set<Role> roles(List<String> names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        names.forEach(name -> Role.parse(name).ifPresent(roles::add));
        return roles;
    }
}
