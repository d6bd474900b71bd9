package dev.cloister.server.identity;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.GivenRoles;
import dev.cloister.server.access.Permission;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.Role;
import dev.cloister.server.access.Sharing;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                       ARRAY(SELECT g.group_id FROM group_members g WHERE g.user_id = u.id) AS user_groups,
                       (SELECT coalesce(jsonb_agg(jsonb_build_object(
                                'organization', c.organization_id, 'name', c.name, 'display', c.display_name,
                                'site', c.site_permissions, 'user', c.user_permissions,
                                'all', c.org_permissions, 'mine', c.member_permissions)), '[]')
                        FROM custom_roles c
                        WHERE (c.organization_id IS NULL AND c.name = ANY(u.rbac_roles))
                            OR EXISTS (SELECT 1 FROM organization_members m
                                JOIN organizations o ON o.id = m.organization_id
                                WHERE m.user_id = u.id AND m.organization_id = c.organization_id
                                    AND c.name = ANY(m.roles || o.default_org_member_roles))) AS custom_roles
            """;

    private final DeploymentRules rules;

    AssignmentRepository(DeploymentRules rules) {
        this.rules = rules;
    }

    /** A person with what was given to them, and whether they can sign in. */
    record Person(Assignments assignments, boolean active) {}

    Optional<Person> person(ReadTx tx, Permit<UserId> permit) {
        return tx.query("SELECT u.status, " + COLUMNS + " FROM users u WHERE u.id = :id AND NOT u.deleted")
                .bind("id", permit.idFor(Action.READ).value())
                .map((row, context) -> new Person(
                        assignments(row, rules), !row.getString("status").equals("suspended")))
                .findOne();
    }

    static Assignments assignments(ResultSet row, DeploymentRules rules) throws SQLException {
        Map<String, CustomRole> custom = customRoles(row.getString("custom_roles"));
        var organizations = new HashMap<UUID, Assignments.InOrganization>();
        for (Map.Entry<String, JsonNode> entry :
                ApiJson.mapper().readTree(row.getString("memberships")).properties()) {
            organizations.put(UUID.fromString(entry.getKey()), membership(entry.getKey(), entry.getValue(), custom));
        }
        return new Assignments(
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                row.getBoolean("is_service_account"),
                roles("", Arrays.asList((String[]) row.getArray("rbac_roles").getArray()), custom),
                organizations,
                new HashSet<>(Arrays.asList((UUID[]) row.getArray("user_groups").getArray())),
                rules);
    }

    private static Assignments.InOrganization membership(
            String organization, JsonNode json, Map<String, CustomRole> custom) {
        return new Assignments.InOrganization(
                roles(
                        organization,
                        json.get("roles").valueStream().map(JsonNode::asString).toList(),
                        custom),
                Sharing.parse(json.get("sharing").asString()).orElse(Sharing.NONE));
    }

    /** @param place the organization, empty for the site; a name that stands for no role there gives nothing */
    private static GivenRoles roles(String place, List<String> names, Map<String, CustomRole> known) {
        Set<Role> builtIn = EnumSet.noneOf(Role.class);
        var custom = new ArrayList<CustomRole>();
        for (String name : new LinkedHashSet<>(names)) {
            CustomRole role = known.get(place + "/" + name);
            if (role != null) {
                custom.add(role);
            } else {
                Role.parse(name).ifPresent(builtIn::add);
            }
        }
        return new GivenRoles(builtIn, custom);
    }

    private static Map<String, CustomRole> customRoles(String json) {
        var roles = new HashMap<String, CustomRole>();
        for (JsonNode node : ApiJson.mapper().readTree(json)) {
            String place = node.get("organization").isNull()
                    ? ""
                    : node.get("organization").asString();
            String name = node.get("name").asString();
            roles.put(
                    place + "/" + name,
                    new CustomRole(
                            name,
                            node.get("display").asString(),
                            place.isEmpty() ? null : UUID.fromString(place),
                            permissions(node.get("site")),
                            permissions(node.get("user")),
                            permissions(node.get("all")),
                            permissions(node.get("mine"))));
        }
        return roles;
    }

    /** One that this version does not know is left out, and so gives nothing. */
    private static List<Permission> permissions(JsonNode json) {
        var permissions = new ArrayList<Permission>();
        for (JsonNode node : json) {
            Permission.parse(
                            node.get("negate").asBoolean(),
                            node.get("resource_type").asString(),
                            node.get("action").asString())
                    .ifPresent(permissions::add);
        }
        return permissions;
    }
}
