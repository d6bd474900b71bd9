package dev.cloister.server.identity;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.GivenRoles;
import dev.cloister.server.access.Role;
import dev.cloister.server.access.Sharing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Reads what was given to a person: roles, memberships with the settings of their organizations, groups. Part of the
 * statement that looks a credential up, so that a change is in force with the next request.
 */
final class AssignmentRepository {
    /** The columns that {@link #assignments} reads, of a person {@code u}. */
    static final String COLUMNS = """
                       u.id AS user_id, u.username, u.is_service_account, u.rbac_roles,
                       (SELECT coalesce(jsonb_object_agg(m.organization_id, jsonb_build_object(
                                'roles', to_jsonb(m.roles || o.default_org_member_roles),
                                'sharing', o.shareable_workspace_owners)), '{}')
                        FROM organization_members m
                        JOIN organizations o ON o.id = m.organization_id AND NOT o.deleted
                        WHERE m.user_id = u.id) AS memberships,
                       ARRAY(SELECT g.group_id FROM group_members g WHERE g.user_id = u.id) AS user_groups
            """;

    private AssignmentRepository() {}

    static Assignments assignments(ResultSet row) throws SQLException {
        var organizations = new HashMap<UUID, Assignments.InOrganization>();
        for (Map.Entry<String, JsonNode> entry :
                ApiJson.mapper().readTree(row.getString("memberships")).properties()) {
            organizations.put(UUID.fromString(entry.getKey()), membership(entry.getValue()));
        }
        return new Assignments(
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                row.getBoolean("is_service_account"),
                roles(Arrays.asList((String[]) row.getArray("rbac_roles").getArray())),
                organizations,
                new HashSet<>(Arrays.asList((UUID[]) row.getArray("user_groups").getArray())),
                DeploymentRules.STANDARD);
    }

    private static Assignments.InOrganization membership(JsonNode json) {
        return new Assignments.InOrganization(
                roles(json.get("roles").valueStream().map(JsonNode::asString).toList()),
                Sharing.parse(json.get("sharing").asString()).orElse(Sharing.NONE));
    }

    private static GivenRoles roles(List<String> names) {
        Set<Role> builtIn = EnumSet.noneOf(Role.class);
        var custom = new ArrayList<CustomRole>();
        names.forEach(name -> Role.parse(name).ifPresent(builtIn::add));
        return new GivenRoles(builtIn, custom);
    }
}
