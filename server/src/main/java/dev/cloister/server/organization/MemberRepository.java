package dev.cloister.server.organization;

import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of memberships. */
final class MemberRepository {
    private static final String COLUMNS =
            "m.organization_id, m.user_id, u.username, m.roles, m.created_at, m.updated_at";
    private static final String PERSON = ", u.name, u.avatar_url, u.email, u.rbac_roles, u.status, u.login_type,"
            + " u.is_service_account, u.last_seen_at, u.created_at AS user_created_at,"
            + " u.updated_at AS user_updated_at";
    private static final String FROM =
            " FROM organization_members m JOIN users u ON u.id = m.user_id AND NOT u.deleted ";

    /** The membership of the very first person, who could not be permitted by anybody. */
    void addFirst(WriteTx tx, Membership membership) {
        insert(tx, membership);
    }

    /** The membership of whoever creates the organization. */
    void addFounder(WriteTx tx, CreatePermit organization, Membership membership) {
        organization.of(ResourceType.ORGANIZATION);
        insert(tx, membership);
    }

    void add(WriteTx tx, CreatePermit permit, Membership membership) {
        UUID organization = permit.of(ResourceType.ORGANIZATION_MEMBER).organization();
        if (!Objects.equals(organization, membership.organization().value())) {
            throw new IllegalStateException("a membership of another organization than permitted");
        }
        insert(tx, membership);
    }

    private static void insert(WriteTx tx, Membership membership) {
        tx.update("""
                INSERT INTO organization_members (organization_id, user_id, roles, created_at, updated_at)
                VALUES (:organization, :user, :roles, :now, :now)""")
                .bind("organization", membership.organization().value())
                .bind("user", membership.userId())
                .bindArray("roles", String.class, membership.roles().toArray())
                .bind("now", membership.createdAt())
                .execute();
    }

    /** The name of a person whom the caller may see, empty where the account is deleted. */
    Optional<String> username(ReadTx tx, Permit<PersonId> permit) {
        return tx.query("SELECT username FROM users WHERE id = :id AND NOT deleted")
                .bind("id", permit.idFor(Action.READ).value())
                .mapTo(String.class)
                .findOne();
    }

    List<Member> list(
            ReadTx tx,
            Permit<OrganizationId> permit,
            Visibility visibility,
            MemberFilter filter,
            MemberPageFilter page) {
        String sql = "SELECT " + COLUMNS + PERSON + FROM + "WHERE m.organization_id = :id AND " + visibility.sql()
                + " AND " + filter.sql() + " AND " + page.sql("u") + " ORDER BY lower(u.username), u.id "
                + page.limitSql();
        return page.bind(filter.bind(visibility.bind(tx.query(sql))))
                .bind("id", permit.idFor(Action.READ).value())
                .map(MemberRepository::member)
                .list();
    }

    int count(ReadTx tx, Permit<OrganizationId> permit, Visibility visibility, MemberFilter filter) {
        String sql = "SELECT count(*)" + FROM + "WHERE m.organization_id = :id AND " + visibility.sql() + " AND "
                + filter.sql();
        return filter.bind(visibility.bind(tx.query(sql)))
                .bind("id", permit.idFor(Action.READ).value())
                .mapTo(Integer.class)
                .one();
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("m.user_id", "m.organization_id", "m.user_id", "");
    }

    Optional<Member> person(ReadTx tx, OwnedPermit permit) {
        return tx.query("SELECT " + COLUMNS + PERSON + FROM + "WHERE m.organization_id = :id AND m.user_id = :user")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(Action.READ, ResourceType.ORGANIZATION_MEMBER))
                .map(MemberRepository::member)
                .findOne();
    }

    Optional<Membership> find(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("SELECT " + COLUMNS + FROM + "WHERE m.organization_id = :id AND m.user_id = :user")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(use, ResourceType.ORGANIZATION_MEMBER))
                .map((row, context) -> membership(row))
                .findOne();
    }

    void remove(WriteTx tx, OwnedPermit permit) {
        tx.update("DELETE FROM organization_members WHERE organization_id = :id AND user_id = :user")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(Action.DELETE, ResourceType.ORGANIZATION_MEMBER))
                .execute();
    }

    void updateRoles(WriteTx tx, OwnedPermit permit, Membership after) {
        tx.update("""
                UPDATE organization_members SET roles = :roles, updated_at = :now
                WHERE organization_id = :id AND user_id = :user""")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(Action.UPDATE, ResourceType.ORGANIZATION_MEMBER))
                .bindArray("roles", String.class, after.roles().toArray())
                .bind("now", after.updatedAt())
                .execute();
    }

    private static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                Arrays.asList((String[]) row.getArray("roles").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Member member(ResultSet row, StatementContext context) throws SQLException {
        return new Member(
                membership(row),
                row.getString("name"),
                row.getString("avatar_url"),
                row.getString("email"),
                Arrays.asList((String[]) row.getArray("rbac_roles").getArray()),
                UserStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                LoginType.valueOf(row.getString("login_type").toUpperCase(Locale.ROOT)),
                row.getBoolean("is_service_account"),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                row.getObject("user_created_at", OffsetDateTime.class).toInstant(),
                row.getObject("user_updated_at", OffsetDateTime.class).toInstant());
    }
}
