package dev.cloister.server.role;

import dev.cloister.server.access.CustomRole;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** The rows of custom roles. Each statement names the place, an organization or the site, that was decided on. */
final class CustomRoleRepository {
    private static final String COLUMNS = "id, name, display_name, organization_id, site_permissions::text,"
            + " user_permissions::text, org_permissions::text, member_permissions::text, created_at, updated_at";

    List<StoredRole> list(ReadTx tx, RolePlace place) {
        return tx.query("SELECT " + COLUMNS + " FROM custom_roles WHERE organization_id IS NOT DISTINCT FROM :place"
                        + " ORDER BY lower(name)")
                .bind("place", place.organization())
                .map(CustomRoleRepository::role)
                .list();
    }

    /** Those of a place where the caller gives roles: their contents go into the decision. */
    List<StoredRole> listIn(ReadTx tx, @Nullable UUID place) {
        return tx.query("SELECT " + COLUMNS + " FROM custom_roles WHERE organization_id IS NOT DISTINCT FROM :place")
                .bind("place", place)
                .map(CustomRoleRepository::role)
                .list();
    }

    /** One role, unchangeable by others until the transaction ends. */
    Optional<StoredRole> hold(WriteTx tx, RolePlace place, String name) {
        return tx.query("SELECT " + COLUMNS + " FROM custom_roles"
                        + " WHERE organization_id IS NOT DISTINCT FROM :place AND lower(name) = lower(:name)"
                        + " FOR UPDATE")
                .bind("place", place.organization())
                .bind("name", name)
                .map(CustomRoleRepository::role)
                .findOne();
    }

    int count(ReadTx tx, RolePlace place) {
        return tx.query("SELECT count(*) FROM custom_roles WHERE organization_id IS NOT DISTINCT FROM :place")
                .bind("place", place.organization())
                .mapTo(Integer.class)
                .one();
    }

    void insert(WriteTx tx, RolePlace place, UUID id, CustomRole role, Instant now) {
        tx.update("""
                INSERT INTO custom_roles (id, name, display_name, organization_id, site_permissions, user_permissions,
                    org_permissions, member_permissions, created_at, updated_at)
                VALUES (:id, :name, :displayName, :place, :site::jsonb, :user::jsonb, :all::jsonb, :mine::jsonb, :now,
                    :now)""")
                .bind("id", id)
                .bind("name", role.name())
                .bind("displayName", role.displayName())
                .bind("place", place.organization())
                .bind("site", PermissionViews.json(role.site()))
                .bind("user", PermissionViews.json(role.user()))
                .bind("all", PermissionViews.json(role.all()))
                .bind("mine", PermissionViews.json(role.mine()))
                .bind("now", now)
                .execute();
    }

    void update(WriteTx tx, RolePlace place, UUID id, CustomRole role, Instant now) {
        tx.update("""
                UPDATE custom_roles
                SET display_name = :displayName, site_permissions = :site::jsonb, user_permissions = :user::jsonb,
                    org_permissions = :all::jsonb, member_permissions = :mine::jsonb, updated_at = :now
                WHERE id = :id AND organization_id IS NOT DISTINCT FROM :place""")
                .bind("id", id)
                .bind("displayName", role.displayName())
                .bind("place", place.organization())
                .bind("site", PermissionViews.json(role.site()))
                .bind("user", PermissionViews.json(role.user()))
                .bind("all", PermissionViews.json(role.all()))
                .bind("mine", PermissionViews.json(role.mine()))
                .bind("now", now)
                .execute();
    }

    void delete(WriteTx tx, RolePlace place, UUID id) {
        tx.update("DELETE FROM custom_roles WHERE id = :id AND organization_id IS NOT DISTINCT FROM :place")
                .bind("id", id)
                .bind("place", place.organization())
                .execute();
    }

    /** Takes a role of an organization from everybody who has it there. */
    void takeInOrganization(WriteTx tx, RolePlace place, String name) {
        tx.update("""
                UPDATE organization_members SET roles = array_remove(roles, :name)
                WHERE organization_id = :place AND :name = ANY(roles)""").bind("name", name).bind("place", place.organization()).execute();
        tx.update("""
                UPDATE organizations SET default_org_member_roles = array_remove(default_org_member_roles, :name)
                WHERE id = :place AND :name = ANY(default_org_member_roles)""").bind("name", name).bind("place", place.organization()).execute();
    }

    /** Takes a role of the site from everybody who has it. */
    void takeOnSite(WriteTx tx, String name) {
        tx.update("UPDATE users SET rbac_roles = array_remove(rbac_roles, :name) WHERE :name = ANY(rbac_roles)")
                .bind("name", name)
                .execute();
    }

    private static StoredRole role(ResultSet row, StatementContext context) throws SQLException {
        return new StoredRole(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("display_name"),
                row.getObject("organization_id", UUID.class),
                PermissionViews.fromJson(row.getString("site_permissions")),
                PermissionViews.fromJson(row.getString("user_permissions")),
                PermissionViews.fromJson(row.getString("org_permissions")),
                PermissionViews.fromJson(row.getString("member_permissions")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
