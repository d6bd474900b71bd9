package dev.cloister.server.identity;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.EffectiveGrant;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a person was given on single templates and workspaces, as far as whoever asks can see these. */
final class GrantRepository {
    private static final int MOST = 1_000;

    List<EffectiveGrant> of(
            ReadTx tx, Permit<UserId> permit, Assignments person, Authorizer authorizer, Caller caller) {
        UUID id = permit.idFor(Action.READ).value();
        Set<UUID> groups = new HashSet<>(person.groups());
        groups.addAll(person.organizations().keySet());
        var names = names(tx, groups);
        var found = new ArrayList<EffectiveGrant>();
        var templates = authorizer.visible(
                caller, ResourceType.TEMPLATE, new Visibility.Columns("r.id", "r.organization_id", "", "r"));
        find(tx, "templates", templates, id, groups, person, names, found);
        var workspaces = authorizer.visible(
                caller,
                ResourceType.WORKSPACE,
                new Visibility.Columns("r.id", "r.organization_id", "r.owner_id", "r")
                        .dormant("r.dormant_at IS NOT NULL"));
        find(tx, "workspaces", workspaces, id, groups, person, names, found);
        return found;
    }

    private static Map<UUID, String> names(ReadTx tx, Set<UUID> groups) {
        return tx.query("SELECT id, name FROM groups WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, groups.toArray())
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("name")))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void find(
            ReadTx tx,
            String table,
            Visibility visibility,
            UUID person,
            Set<UUID> groups,
            Assignments assignments,
            Map<UUID, String> names,
            List<EffectiveGrant> found) {
        visibility
                .bind(tx.query("SELECT r.id, r.name, r.organization_id, r.user_acl::text, r.group_acl::text FROM "
                        + table + " r WHERE NOT r.deleted AND r.organization_id = ANY(:places)"
                        + " AND (jsonb_exists(r.user_acl, :person) OR jsonb_exists_any(r.group_acl, :groups)) AND "
                        + visibility.sql() + " ORDER BY lower(r.name), r.id LIMIT " + MOST))
                .bindArray(
                        "places",
                        UUID.class,
                        assignments.organizations().keySet().toArray())
                .bind("person", person.toString())
                .bindArray(
                        "groups",
                        String.class,
                        groups.stream().map(UUID::toString).toArray())
                .map((row, context) -> grants(row, table, person, groups, names))
                .list()
                .forEach(found::addAll);
    }

    private static List<EffectiveGrant> grants(
            ResultSet row, String table, UUID person, Set<UUID> groups, Map<UUID, String> names) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        UUID organization = row.getObject("organization_id", UUID.class);
        String type = table.substring(0, table.length() - 1);
        String name = row.getString("name");
        var grants = new ArrayList<EffectiveGrant>();
        JsonNode mine = ApiJson.mapper().readTree(row.getString("user_acl")).get(person.toString());
        if (mine != null) {
            grants.add(new EffectiveGrant(type, id, name, organization, actions(mine), "user", ""));
        }
        for (Map.Entry<String, JsonNode> entry :
                ApiJson.mapper().readTree(row.getString("group_acl")).properties()) {
            UUID group = UUID.fromString(entry.getKey());
            if (groups.contains(group)) {
                grants.add(new EffectiveGrant(
                        type,
                        id,
                        name,
                        organization,
                        actions(entry.getValue()),
                        group.equals(organization) ? "everyone" : "group",
                        names.getOrDefault(group, "")));
            }
        }
        return grants;
    }

    private static List<String> actions(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
