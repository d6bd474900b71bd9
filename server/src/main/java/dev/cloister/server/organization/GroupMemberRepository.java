package dev.cloister.server.organization;

import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.ReducedUser;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who is in a group, with what is shown of people. Members of the group of everyone are those of the organization. */
final class GroupMemberRepository {
    /** One row for each person in a group: {@code m} has the group, the organization and the person. */
    private static final String FROM = """
             FROM (SELECT group_id, organization_id, user_id FROM group_members WHERE group_id = ANY(:groups)
                   UNION ALL
                   SELECT organization_id, organization_id, user_id FROM organization_members
                   WHERE organization_id = ANY(:groups)) AS gm
            JOIN organization_members m ON m.organization_id = gm.organization_id AND m.user_id = gm.user_id
            JOIN users u ON u.id = gm.user_id AND NOT u.deleted
            WHERE\s""";

    private static final String PERSON = "u.id, u.username, u.name, u.avatar_url, u.email, u.created_at, u.updated_at,"
            + " u.last_seen_at, u.status, u.login_type, u.is_service_account";
    /** A list of groups shows at most this many members of all of them together. */
    private static final int MOST = 10_000;

    static Visibility.Columns columns() {
        return new Visibility.Columns("gm.user_id", "gm.organization_id", "gm.user_id", "");
    }

    /** The members, as far as they are visible, of groups that were read with a permit or through a visibility. */
    Map<UUID, List<ReducedUser>> ofAll(ReadTx tx, Visibility visibility, Collection<UUID> groups) {
        var byGroup = new HashMap<UUID, List<ReducedUser>>();
        visibility
                .bind(tx.query("SELECT gm.group_id, " + PERSON + FROM + visibility.sql()
                        + " ORDER BY lower(u.username) LIMIT " + MOST))
                .bindArray("groups", UUID.class, groups.toArray())
                .map((row, context) -> byGroup.computeIfAbsent(
                                row.getObject("group_id", UUID.class), ignored -> new ArrayList<>())
                        .add(person(row)))
                .list();
        return byGroup;
    }

    /** How many members such groups have, visible or not. */
    Map<UUID, Integer> counts(ReadTx tx, Collection<UUID> groups) {
        return tx.query("SELECT gm.group_id, count(*) AS members" + FROM + "TRUE GROUP BY gm.group_id")
                .bindArray("groups", UUID.class, groups.toArray())
                .map((row, context) -> Map.entry(row.getObject("group_id", UUID.class), row.getInt("members")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    List<ReducedUser> page(
            ReadTx tx, Permit<GroupId> permit, Visibility visibility, MemberFilter filter, MemberPageFilter page) {
        String sql = "SELECT " + PERSON + FROM + visibility.sql() + " AND " + filter.sql() + " AND " + page.sql("u")
                + " ORDER BY lower(u.username), u.id " + page.limitSql();
        return page.bind(filter.bind(visibility.bind(tx.query(sql))))
                .bindArray("groups", UUID.class, permit.idFor(Action.READ).value())
                .map((row, context) -> person(row))
                .list();
    }

    int count(ReadTx tx, Permit<GroupId> permit, Visibility visibility, MemberFilter filter) {
        String sql = "SELECT count(*)" + FROM + visibility.sql() + " AND " + filter.sql();
        return filter.bind(visibility.bind(tx.query(sql)))
                .bindArray("groups", UUID.class, permit.idFor(Action.READ).value())
                .mapTo(Integer.class)
                .one();
    }

    /** All usernames, for the audit log: past visibility, because the log must not depend on who acts. */
    List<String> usernames(ReadTx tx, Permit<GroupId> permit, Action use) {
        return tx.query("SELECT u.username" + FROM + "TRUE ORDER BY lower(u.username) LIMIT " + MOST)
                .bindArray("groups", UUID.class, permit.idFor(use).value())
                .mapTo(String.class)
                .list();
    }

    /** The ids of all members, whose rights change with the group. */
    List<UUID> ids(ReadTx tx, Permit<GroupId> permit, Action use) {
        return tx.query("SELECT u.id" + FROM + "TRUE")
                .bindArray("groups", UUID.class, permit.idFor(use).value())
                .mapTo(UUID.class)
                .list();
    }

    private static ReducedUser person(ResultSet row) throws SQLException {
        return new ReducedUser(
                row.getObject("id", UUID.class),
                row.getString("username"),
                row.getString("name"),
                row.getString("avatar_url"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                row.getBoolean("is_service_account"),
                "");
    }
}
