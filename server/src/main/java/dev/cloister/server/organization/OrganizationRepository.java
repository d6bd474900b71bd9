package dev.cloister.server.organization;

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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of organizations and memberships. */
public final class OrganizationRepository {
    private static final String COLUMNS =
            "o.id, o.name, o.display_name, o.description, o.icon, o.is_default, o.created_at, o.updated_at";

    Tenant get(ReadTx tx, Permit<OrganizationId> permit) {
        return tx.query("SELECT " + COLUMNS + " FROM organizations o WHERE o.id = :id")
                .bind("id", permit.idFor(Action.READ).value())
                .map(OrganizationRepository::tenant)
                .one();
    }

    /** A name becomes an id, which says nothing until a permit for it is given. */
    Optional<OrganizationId> idOf(ReadTx tx, String name) {
        return tx.query("""
                SELECT id FROM organizations
                WHERE NOT deleted AND (lower(name) = lower(:name) OR (:name = 'default' AND is_default))
                ORDER BY lower(name) = lower(:name) DESC LIMIT 1""").bind("name", name).mapTo(UUID.class).findOne().map(OrganizationId::new);
    }

    List<Tenant> list(ReadTx tx, Visibility visibility) {
        return visibility
                .bind(tx.query("SELECT " + COLUMNS + " FROM organizations o WHERE NOT o.deleted AND " + visibility.sql()
                        + " ORDER BY lower(o.name) LIMIT 1000"))
                .map(OrganizationRepository::tenant)
                .list();
    }

    /** The organizations of one person, as far as the caller sees them. */
    List<Tenant> listOf(ReadTx tx, Visibility visibility, UUID user) {
        return visibility
                .bind(tx.query("SELECT " + COLUMNS + """
                         FROM organizations o
                        JOIN organization_members m ON m.organization_id = o.id AND m.user_id = :user
                        WHERE NOT o.deleted AND """ + visibility.sql() + " ORDER BY lower(o.name)"))
                .bind("user", user)
                .map(OrganizationRepository::tenant)
                .list();
    }

    static Visibility.Columns columns() {
        return new Visibility.Columns("o.id", "o.id", "", "");
    }

    /** Creates the default organization together with the very first person. */
    void createFirst(WriteTx tx, Tenant tenant) {
        tx.update("""
                INSERT INTO organizations (id, name, display_name, description, icon, is_default, created_at,
                    updated_at)
                VALUES (:id, :name, :displayName, :description, :icon, :isDefault, :now, :now)""")
                .bind("id", tenant.id().value())
                .bind("name", tenant.name())
                .bind("displayName", tenant.displayName())
                .bind("description", tenant.description())
                .bind("icon", tenant.icon())
                .bind("isDefault", tenant.isDefault())
                .bind("now", tenant.createdAt())
                .execute();
        tx.update("""
                INSERT INTO groups (id, organization_id, name, created_at) VALUES (:id, :id, 'Everyone', :now)""")
                .bind("id", tenant.id().value())
                .bind("now", tenant.createdAt())
                .execute();
    }

    /** The membership of the very first person, who could not be permitted by anybody. */
    void addFirst(WriteTx tx, Membership membership) {
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

    List<Membership> members(ReadTx tx, Permit<OrganizationId> permit) {
        return tx.query("""
                SELECT m.organization_id, m.user_id, u.username, m.roles, m.created_at, m.updated_at
                FROM organization_members m JOIN users u ON u.id = m.user_id AND NOT u.deleted
                WHERE m.organization_id = :id ORDER BY lower(u.username)""")
                .bind("id", permit.idFor(Action.READ).value())
                .map(OrganizationRepository::membership)
                .list();
    }

    Optional<Membership> member(ReadTx tx, OwnedPermit permit, Action use) {
        return tx.query("""
                SELECT m.organization_id, m.user_id, u.username, m.roles, m.created_at, m.updated_at
                FROM organization_members m JOIN users u ON u.id = m.user_id AND NOT u.deleted
                WHERE m.organization_id = :id AND m.user_id = :user""")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(use, ResourceType.ORGANIZATION_MEMBER))
                .map(OrganizationRepository::membership)
                .findOne();
    }

    void remove(WriteTx tx, OwnedPermit permit) {
        tx.update("DELETE FROM organization_members WHERE organization_id = :id AND user_id = :user")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(Action.DELETE, ResourceType.ORGANIZATION_MEMBER))
                .execute();
    }

    void updateRoles(WriteTx tx, OwnedPermit permit, List<String> roles) {
        tx.update("""
                UPDATE organization_members SET roles = :roles, updated_at = now()
                WHERE organization_id = :id AND user_id = :user""")
                .bind("id", permit.organization())
                .bind("user", permit.ownerFor(Action.UPDATE, ResourceType.ORGANIZATION_MEMBER))
                .bindArray("roles", String.class, roles.toArray())
                .execute();
    }

    private static Tenant tenant(ResultSet row, StatementContext context) throws SQLException {
        return new Tenant(
                new OrganizationId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("display_name"),
                row.getString("description"),
                row.getString("icon"),
                row.getBoolean("is_default"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Membership membership(ResultSet row, StatementContext context) throws SQLException {
        return new Membership(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                row.getObject("user_id", UUID.class),
                row.getString("username"),
                Arrays.asList((String[]) row.getArray("roles").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
