package dev.cloister.server.organization;

import dev.cloister.contract.api.GroupSource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The rows of groups. */
final class GroupRepository {
    private static final String SELECT =
            "SELECT g.id, g.organization_id, g.name, g.display_name, g.avatar_url, g.quota_allowance, g.source,"
                    + " o.name AS organization_name, o.display_name AS organization_display_name"
                    + " FROM groups g JOIN organizations o ON o.id = g.organization_id AND NOT o.deleted ";
    private static final int MOST = 5_000;

    /** Which groups a list asks for; what is null or empty does not narrow it. */
    record Filter(@Nullable UUID organization, @Nullable UUID member, Set<UUID> ids) {
        static Filter of(OrganizationId id) {
            return new Filter(id.value(), null, Set.of());
        }
    }

    /** @param people whose being in a group the caller may know, where the list asks for somebody's groups */
    List<GroupRecord> list(ReadTx tx, Visibility visibility, Visibility people, Filter filter) {
        var query = tx.query(SELECT + """
                WHERE (:organization::uuid IS NULL OR g.organization_id = :organization)
                    AND (:every_id OR g.id = ANY(:ids))
                    AND (:member::uuid IS NULL OR EXISTS (
                        SELECT 1 FROM (
                            SELECT group_id, organization_id, user_id FROM group_members
                            UNION ALL
                            SELECT organization_id, organization_id, user_id FROM organization_members) AS gm
                        WHERE gm.group_id = g.id AND gm.user_id = :member AND """ + people.sql() + "))" + """
                    AND """ + visibility.sql()
                + " ORDER BY lower(o.name), g.id <> g.organization_id, lower(g.name)"
                + " LIMIT " + MOST);
        return people.bind(visibility.bind(query))
                .bind("organization", filter.organization())
                .bind("member", filter.member())
                .bind("every_id", filter.ids().isEmpty())
                .bindArray("ids", UUID.class, filter.ids().toArray())
                .map(GroupRepository::group)
                .list();
    }

    static Visibility.Columns columns() {
        // Whoever is in a group sees it: its own id is a grant on it.
        return new Visibility.Columns(
                "g.id", "g.organization_id", "", "", "jsonb_build_object(g.id::text, '[\"read\"]'::jsonb)", "");
    }

    GroupRecord get(ReadTx tx, Permit<GroupId> permit) {
        return tx.query(SELECT + "WHERE g.id = :id")
                .bind("id", permit.idFor(Action.READ).value())
                .map(GroupRepository::group)
                .one();
    }

    /** A group that was just created. */
    GroupRecord created(ReadTx tx, CreatePermit permit, GroupId id) {
        return tx.query(SELECT + "WHERE g.id = :id AND g.organization_id = :organization")
                .bind("id", id.value())
                .bind("organization", permit.of(ResourceType.GROUP).organization())
                .map(GroupRepository::group)
                .one();
    }

    /** The group, unchangeable by others until the transaction ends. */
    GroupRecord hold(WriteTx tx, Permit<GroupId> permit, Action use) {
        return tx.query(SELECT + "WHERE g.id = :id FOR UPDATE OF g")
                .bind("id", permit.idFor(use).value())
                .map(GroupRepository::group)
                .one();
    }

    /** A name becomes an id, which says nothing until a permit for it is given. */
    Optional<GroupId> idOf(ReadTx tx, Permit<OrganizationId> organization, String name) {
        return tx.query("SELECT id FROM groups WHERE organization_id = :organization AND lower(name) = lower(:name)")
                .bind("organization", organization.idFor(Action.READ).value())
                .bind("name", name)
                .mapTo(UUID.class)
                .findOne()
                .map(GroupId::new);
    }

    void insert(WriteTx tx, CreatePermit permit, GroupRecord group, Instant now) {
        UUID organization = permit.of(ResourceType.GROUP).organization();
        if (!Objects.equals(organization, group.organizationId().value())) {
            throw new IllegalStateException("a group of another organization than permitted");
        }
        tx.update("""
                INSERT INTO groups (id, organization_id, name, display_name, avatar_url, quota_allowance, source,
                    created_at)
                VALUES (:id, :organization, :name, :displayName, :avatar, :quota, :source, :now)""")
                .bind("id", group.id().value())
                .bind("organization", organization)
                .bind("name", group.name())
                .bind("displayName", group.displayName())
                .bind("avatar", group.avatarUrl())
                .bind("quota", group.quotaAllowance())
                .bind("source", group.source().name().toLowerCase(Locale.ROOT))
                .bind("now", now)
                .execute();
    }

    void update(WriteTx tx, Permit<GroupId> permit, GroupRecord group) {
        tx.update("""
                UPDATE groups
                SET name = :name, display_name = :displayName, avatar_url = :avatar, quota_allowance = :quota
                WHERE id = :id""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("name", group.name())
                .bind("displayName", group.displayName())
                .bind("avatar", group.avatarUrl())
                .bind("quota", group.quotaAllowance())
                .execute();
    }

    void delete(WriteTx tx, Permit<GroupId> permit) {
        tx.update("DELETE FROM groups WHERE id = :id")
                .bind("id", permit.idFor(Action.DELETE).value())
                .execute();
    }

    /** Adds people who are members of the organization; returns those who are in the group now and were not. */
    List<UUID> add(WriteTx tx, Permit<GroupId> permit, Collection<UUID> people, Instant now) {
        return tx.query("""
                INSERT INTO group_members (group_id, organization_id, user_id, added_at)
                SELECT g.id, g.organization_id, m.user_id, :now
                FROM groups g
                JOIN organization_members m ON m.organization_id = g.organization_id AND m.user_id = ANY(:people)
                JOIN users u ON u.id = m.user_id AND NOT u.deleted
                WHERE g.id = :id
                ON CONFLICT DO NOTHING RETURNING user_id""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bindArray("people", UUID.class, people.toArray())
                .bind("now", now)
                .mapTo(UUID.class)
                .list();
    }

    /** How many of the people are members of the organization that the group is in. */
    int known(ReadTx tx, Permit<GroupId> permit, Collection<UUID> people) {
        return tx.query("""
                SELECT count(*) FROM groups g
                JOIN organization_members m ON m.organization_id = g.organization_id AND m.user_id = ANY(:people)
                JOIN users u ON u.id = m.user_id AND NOT u.deleted
                WHERE g.id = :id""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bindArray("people", UUID.class, people.toArray())
                .mapTo(Integer.class)
                .one();
    }

    /** Removes people; returns those who were in the group. */
    List<UUID> remove(WriteTx tx, Permit<GroupId> permit, Collection<UUID> people) {
        return tx.query("DELETE FROM group_members WHERE group_id = :id AND user_id = ANY(:people) RETURNING user_id")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bindArray("people", UUID.class, people.toArray())
                .mapTo(UUID.class)
                .list();
    }

    private static GroupRecord group(ResultSet row, StatementContext context) throws SQLException {
        return new GroupRecord(
                new GroupId(row.getObject("id", UUID.class)),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("avatar_url"),
                row.getInt("quota_allowance"),
                List.of(),
                GroupSource.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                row.getString("organization_name"),
                row.getString("organization_display_name"));
    }
}
