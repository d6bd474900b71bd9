package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.SharedWorkspaceActor;
import dev.cloister.contract.api.WorkspaceGroup;
import dev.cloister.contract.api.WorkspaceUser;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.type.TypeReference;

/** With whom workspaces are shared. */
public final class SharingRepository {
    private static final TypeReference<Map<String, List<String>>> LISTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    Shares get(ReadTx tx, Permit<WorkspaceId> permit) {
        return one(tx, permit, "");
    }

    /** The row, locked: one change at a time. */
    Shares lock(WriteTx tx, Permit<WorkspaceId> permit) {
        return one(tx, permit, " FOR UPDATE");
    }

    private static Shares one(ReadTx tx, Permit<WorkspaceId> permit, String lock) {
        return tx.query("""
                SELECT id, name, organization_id, owner_id, deleted, user_acl::text AS users, group_acl::text AS groups
                FROM workspaces WHERE id = :id""" + lock)
                .bind("id", permit.idFor(permit.action()).value())
                .map((row, context) -> new Shares(
                        Columns.id(row, "id"),
                        row.getString("name"),
                        Columns.id(row, "organization_id"),
                        Columns.id(row, "owner_id"),
                        row.getBoolean("deleted"),
                        ApiJson.mapper().readValue(row.getString("users"), LISTS),
                        ApiJson.mapper().readValue(row.getString("groups"), LISTS)))
                .one();
    }

    void update(WriteTx tx, Permit<WorkspaceId> permit, Shares shares, Instant now) {
        tx.update("""
                UPDATE workspaces SET user_acl = :users::jsonb, group_acl = :groups::jsonb, updated_at = :now
                WHERE id = :id""")
                .bind("id", permit.idFor(Action.SHARE).value())
                .bind("users", ApiJson.mapper().writeValueAsString(shares.userAcl()))
                .bind("groups", ApiJson.mapper().writeValueAsString(shares.groupAcl()))
                .bind("now", now)
                .execute();
    }

    /** Which of these people are members of the workspace's organization. */
    Set<UUID> members(ReadTx tx, Shares shares, Collection<UUID> people) {
        return Set.copyOf(tx.query("""
                SELECT u.id FROM users u
                JOIN organization_members m ON m.user_id = u.id AND m.organization_id = :organization
                WHERE u.id = ANY(:ids) AND NOT u.deleted""")
                .bind("organization", shares.organization())
                .bindArray("ids", UUID.class, people.toArray())
                .mapTo(UUID.class)
                .list());
    }

    /** Which of these groups are of the workspace's organization. */
    Set<UUID> groups(ReadTx tx, Shares shares, Collection<UUID> groups) {
        return Set.copyOf(tx.query("SELECT id FROM groups WHERE id = ANY(:ids) AND organization_id = :organization")
                .bind("organization", shares.organization())
                .bindArray("ids", UUID.class, groups.toArray())
                .mapTo(UUID.class)
                .list());
    }

    List<WorkspaceUser> users(ReadTx tx, Shares shares) {
        return tx.query("""
                SELECT id, username, name, avatar_url FROM users
                WHERE id::text = ANY(:ids) AND NOT deleted ORDER BY lower(username)""")
                .bindArray("ids", String.class, shares.userAcl().keySet().toArray())
                .map((row, context) -> new WorkspaceUser(
                        Columns.id(row, "id"),
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("avatar_url"),
                        SharedRole.of(shares.userAcl()
                                .getOrDefault(Columns.id(row, "id").toString(), List.of()))))
                .list();
    }

    List<WorkspaceGroup> groups(ReadTx tx, Shares shares) {
        return tx.query("""
                SELECT g.id, g.name, g.display_name, g.avatar_url, g.quota_allowance, g.source, o.id AS organization_id,
                    o.name AS organization_name, o.display_name AS organization_display_name,
                    CASE WHEN g.id = o.id
                         THEN (SELECT count(*) FROM organization_members m WHERE m.organization_id = o.id)
                         ELSE (SELECT count(*) FROM group_members m WHERE m.group_id = g.id) END AS members
                FROM groups g JOIN organizations o ON o.id = g.organization_id
                WHERE g.id::text = ANY(:ids) AND g.organization_id = :organization ORDER BY lower(g.name)""")
                .bindArray("ids", String.class, shares.groupAcl().keySet().toArray())
                .bind("organization", shares.organization())
                .map((row, context) -> new WorkspaceGroup(
                        Columns.id(row, "id"),
                        row.getString("name"),
                        row.getString("display_name"),
                        Columns.id(row, "organization_id"),
                        List.of(),
                        row.getInt("members"),
                        row.getString("avatar_url"),
                        row.getInt("quota_allowance"),
                        row.getString("source"),
                        row.getString("organization_name"),
                        row.getString("organization_display_name"),
                        SharedRole.of(shares.groupAcl()
                                .getOrDefault(Columns.id(row, "id").toString(), List.of()))))
                .list();
    }

    /** With whom each of these workspaces, which the caller may see, is shared. */
    public Map<UUID, List<SharedWorkspaceActor>> actors(ReadTx tx, Collection<UUID> workspaces) {
        var actors = new HashMap<UUID, List<SharedWorkspaceActor>>();
        tx.query("""
                SELECT w.id, u.id AS actor, 'user' AS type, u.username AS name, u.avatar_url, e.value::text AS actions
                FROM workspaces w
                CROSS JOIN LATERAL jsonb_each(w.user_acl) e
                JOIN users u ON u.id::text = e.key AND NOT u.deleted
                WHERE w.id = ANY(:ids)
                UNION ALL
                SELECT w.id, g.id, 'group', g.name, g.avatar_url, e.value::text
                FROM workspaces w
                CROSS JOIN LATERAL jsonb_each(w.group_acl) e
                JOIN groups g ON g.id::text = e.key AND g.organization_id = w.organization_id
                WHERE w.id = ANY(:ids)
                ORDER BY 3 DESC, 4""")
                .bindArray("ids", UUID.class, workspaces.toArray())
                .map((row, context) -> Map.entry(
                        Columns.id(row, "id"),
                        new SharedWorkspaceActor(
                                Columns.id(row, "actor"),
                                row.getString("type"),
                                row.getString("name"),
                                row.getString("avatar_url"),
                                List.of(SharedRole.name(
                                        SharedRole.of(ApiJson.mapper().readValue(row.getString("actions"), LIST)))))))
                .list()
                .forEach(entry -> actors.computeIfAbsent(entry.getKey(), id -> new ArrayList<>())
                        .add(entry.getValue()));
        return actors;
    }
}
