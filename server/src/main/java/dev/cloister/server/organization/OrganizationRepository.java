package dev.cloister.server.organization;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Sharing;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of organizations. */
public final class OrganizationRepository {
    private static final String COLUMNS =
            "o.id, o.name, o.display_name, o.description, o.icon, o.is_default, o.default_org_member_roles,"
                    + " o.shareable_workspace_owners, o.created_at, o.updated_at";
    private static final int MOST = 1000;

    /** What an organization still has that keeps it from being deleted. */
    record Contents(int workspaces, int templates, int groups, int members) {}

    Tenant get(ReadTx tx, Permit<OrganizationId> permit) {
        return get(tx, permit, Action.READ);
    }

    Tenant get(ReadTx tx, Permit<OrganizationId> permit, Action use) {
        return tx.query("SELECT " + COLUMNS + " FROM organizations o WHERE o.id = :id")
                .bind("id", permit.idFor(use).value())
                .map(OrganizationRepository::tenant)
                .one();
    }

    /** The organization, unchangeable by others until the transaction ends. */
    Tenant hold(WriteTx tx, Permit<OrganizationId> permit, Action use) {
        return tx.query("SELECT " + COLUMNS + " FROM organizations o WHERE o.id = :id FOR UPDATE")
                .bind("id", permit.idFor(use).value())
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
                        + " ORDER BY lower(o.name) LIMIT " + MOST))
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
        insert(tx, tenant);
    }

    void create(WriteTx tx, CreatePermit permit, Tenant tenant) {
        permit.of(ResourceType.ORGANIZATION);
        insert(tx, tenant);
    }

    private static void insert(WriteTx tx, Tenant tenant) {
        tx.update("""
                INSERT INTO organizations (id, name, display_name, description, icon, is_default,
                    default_org_member_roles, shareable_workspace_owners, created_at, updated_at)
                VALUES (:id, :name, :displayName, :description, :icon, :isDefault, :roles, :sharing, :now, :now)""")
                .bind("id", tenant.id().value())
                .bind("name", tenant.name())
                .bind("displayName", tenant.displayName())
                .bind("description", tenant.description())
                .bind("icon", tenant.icon())
                .bind("isDefault", tenant.isDefault())
                .bindArray("roles", String.class, tenant.defaultOrgMemberRoles().toArray())
                .bind("sharing", tenant.shareableWorkspaceOwners().wireName())
                .bind("now", tenant.createdAt())
                .execute();
        tx.update("INSERT INTO groups (id, organization_id, name, created_at) VALUES (:id, :id, :everyone, :now)")
                .bind("id", tenant.id().value())
                .bind("everyone", GroupRecord.EVERYONE)
                .bind("now", tenant.createdAt())
                .execute();
    }

    void update(WriteTx tx, Permit<OrganizationId> permit, Tenant tenant) {
        tx.update("""
                UPDATE organizations
                SET name = :name, display_name = :displayName, description = :description, icon = :icon,
                    default_org_member_roles = :roles, shareable_workspace_owners = :sharing, updated_at = :now
                WHERE id = :id""")
                .bind("id", permit.idFor(Action.UPDATE).value())
                .bind("name", tenant.name())
                .bind("displayName", tenant.displayName())
                .bind("description", tenant.description())
                .bind("icon", tenant.icon())
                .bindArray("roles", String.class, tenant.defaultOrgMemberRoles().toArray())
                .bind("sharing", tenant.shareableWorkspaceOwners().wireName())
                .bind("now", tenant.updatedAt())
                .execute();
    }

    /** Takes back what was shared of workspaces whose owners must not share any more. */
    void endSharing(WriteTx tx, Permit<OrganizationId> permit, Sharing sharing) {
        if (sharing == Sharing.EVERYONE) {
            return;
        }
        String kept = sharing == Sharing.NONE
                ? ""
                : " AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = w.owner_id AND u.is_service_account)";
        tx.update("UPDATE workspaces w SET user_acl = '{}', group_acl = '{}' WHERE w.organization_id = :id"
                        + " AND (w.user_acl <> '{}' OR w.group_acl <> '{}')" + kept)
                .bind("id", permit.idFor(Action.UPDATE).value())
                .execute();
    }

    Contents contents(ReadTx tx, Permit<OrganizationId> permit) {
        return tx.query("""
                SELECT (SELECT count(*) FROM workspaces WHERE organization_id = :id AND NOT deleted) AS workspaces,
                       (SELECT count(*) FROM templates WHERE organization_id = :id AND NOT deleted) AS templates,
                       (SELECT count(*) FROM groups WHERE organization_id = :id AND id <> :id) AS groups,
                       (SELECT count(*) FROM organization_members m JOIN users u ON u.id = m.user_id AND NOT u.deleted
                        WHERE m.organization_id = :id) AS members""")
                .bind("id", permit.idFor(Action.DELETE).value())
                .map((row, context) -> new Contents(
                        row.getInt("workspaces"), row.getInt("templates"), row.getInt("groups"), row.getInt("members")))
                .one();
    }

    /** Marks it deleted; what refers to it stays readable in the audit log. */
    void delete(WriteTx tx, Permit<OrganizationId> permit, Instant now) {
        UUID id = permit.idFor(Action.DELETE).value();
        tx.update("DELETE FROM organization_members WHERE organization_id = :id")
                .bind("id", id)
                .execute();
        tx.update("DELETE FROM custom_roles WHERE organization_id = :id")
                .bind("id", id)
                .execute();
        tx.update("UPDATE organizations SET deleted = TRUE, updated_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("now", now)
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
                Arrays.asList(
                        (String[]) row.getArray("default_org_member_roles").getArray()),
                Sharing.parse(row.getString("shareable_workspace_owners")).orElse(Sharing.NONE),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
