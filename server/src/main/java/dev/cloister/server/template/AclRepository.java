package dev.cloister.server.template;

import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.ReducedUser;
import dev.cloister.contract.api.TemplateUser;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** People and groups to whom a template is given or can be, for who may change the template. */
final class AclRepository {
    /** How many members of a group are named; how many there are is told in any case. */
    private static final int MAX_MEMBERS = 100;

    private static final int MAX_GROUPS = 1000;

    /** The members of groups as rows of group and user; the organization's id stands for everyone in it. */
    private static final String MEMBERS = """
            (SELECT m.group_id, m.user_id FROM group_members m
             UNION ALL
             SELECT e.organization_id, e.user_id FROM organization_members e)""";

    /** What is asked for of a list. */
    record Search(String text, int limit, int offset) {
        String pattern() {
            return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        }
    }

    List<TemplateUser> users(ReadTx tx, Permit<TemplateId> permit, Map<UUID, List<String>> grants) {
        permit.idFor(Action.UPDATE);
        return tx.query("SELECT " + AclRow.USER + """
                , ARRAY(SELECT m.organization_id FROM organization_members m WHERE m.user_id = u.id) AS organizations
                FROM users u WHERE u.id = ANY(:ids) AND NOT u.deleted ORDER BY lower(u.username), u.id""")
                .bindArray("ids", UUID.class, grants.keySet().toArray())
                .map((row, context) -> AclRow.user(
                        row, TemplateRoles.of(grants.getOrDefault(row.getObject("id", UUID.class), List.of()))))
                .list();
    }

    /** The groups of these ids, with some of their members. */
    List<Group> groups(ReadTx tx, Permit<TemplateId> permit, Collection<UUID> ids) {
        permit.idFor(Action.UPDATE);
        var members = members(tx, ids);
        return tx.query("SELECT " + AclRow.GROUP + ", (SELECT count(*) FROM " + MEMBERS + """
                 c JOIN users u ON u.id = c.user_id AND NOT u.deleted WHERE c.group_id = g.id) AS total
                FROM groups g JOIN organizations o ON o.id = g.organization_id
                WHERE g.id = ANY(:ids) ORDER BY lower(g.name), g.id""")
                .bindArray("ids", UUID.class, ids.toArray())
                .map((row, context) -> AclRow.group(
                        row, members.getOrDefault(row.getObject("id", UUID.class), List.of()), row.getInt("total")))
                .list();
    }

    private static Map<UUID, List<ReducedUser>> members(ReadTx tx, Collection<UUID> ids) {
        var members = new HashMap<UUID, List<ReducedUser>>();
        tx.query("SELECT l.group_id, " + AclRow.USER + """
                 FROM unnest(:ids::uuid[]) AS wanted (id)
                CROSS JOIN LATERAL (
                    SELECT m.group_id, m.user_id FROM """ + " " + MEMBERS + """
                     m JOIN users x ON x.id = m.user_id AND NOT x.deleted
                    WHERE m.group_id = wanted.id ORDER BY lower(x.username), x.id LIMIT :most) l
                JOIN users u ON u.id = l.user_id ORDER BY lower(u.username), u.id""")
                .bindArray("ids", UUID.class, ids.toArray())
                .bind("most", MAX_MEMBERS)
                .map((row, context) -> members.computeIfAbsent(
                                row.getObject("group_id", UUID.class), ignored -> new ArrayList<>())
                        .add(AclRow.user(row)))
                .list();
        return members;
    }

    /** The members of the template's organization whose name or address contains a text. */
    List<ReducedUser> availableUsers(ReadTx tx, Permit<TemplateId> permit, Search search) {
        return tx.query("SELECT " + AclRow.USER + """
                 FROM users u JOIN organization_members m ON m.user_id = u.id
                JOIN templates t ON t.organization_id = m.organization_id
                WHERE t.id = :template AND NOT u.deleted
                    AND (u.username ILIKE :text OR u.name ILIKE :text OR u.email ILIKE :text)
                ORDER BY lower(u.username), u.id LIMIT :limit OFFSET :offset""")
                .bind("template", permit.idFor(Action.UPDATE).value())
                .bind("text", search.pattern())
                .bind("limit", search.limit())
                .bind("offset", search.offset())
                .map((row, context) -> AclRow.user(row))
                .list();
    }

    /** The groups of the template's organization whose name contains a text. */
    List<UUID> availableGroups(ReadTx tx, Permit<TemplateId> permit, Search search) {
        return tx.query("""
                SELECT g.id FROM groups g JOIN templates t ON t.organization_id = g.organization_id
                WHERE t.id = :template AND (g.name ILIKE :text OR g.display_name ILIKE :text)
                ORDER BY lower(g.name), g.id LIMIT :limit""")
                .bind("template", permit.idFor(Action.UPDATE).value())
                .bind("text", search.pattern())
                .bind("limit", MAX_GROUPS)
                .mapTo(UUID.class)
                .list();
    }

    /** Those of these people who belong to an organization. */
    Set<UUID> membersAmong(ReadTx tx, UUID organization, Collection<UUID> people) {
        return new HashSet<>(tx.query("""
                SELECT m.user_id FROM organization_members m JOIN users u ON u.id = m.user_id AND NOT u.deleted
                WHERE m.organization_id = :organization AND m.user_id = ANY(:ids)""")
                .bind("organization", organization)
                .bindArray("ids", UUID.class, people.toArray())
                .mapTo(UUID.class)
                .list());
    }

    /** Those of these groups that belong to an organization. */
    Set<UUID> groupsAmong(ReadTx tx, UUID organization, Collection<UUID> groups) {
        return new HashSet<>(tx.query("SELECT id FROM groups WHERE organization_id = :organization AND id = ANY(:ids)")
                .bind("organization", organization)
                .bindArray("ids", UUID.class, groups.toArray())
                .mapTo(UUID.class)
                .list());
    }
}
