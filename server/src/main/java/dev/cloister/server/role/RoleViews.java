package dev.cloister.server.role;

import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.Role;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.access.RoleAssignment;
import dev.cloister.server.access.RolePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Roles as the API shows them. */
final class RoleViews {
    private RoleViews() {}

    static Role wire(StoredRole role) {
        return new Role(
                role.name(),
                id(role.organizationId()),
                role.displayName(),
                role.sitePermissions(),
                role.userPermissions(),
                role.orgPermissions(),
                role.memberPermissions());
    }

    private static String id(@Nullable UUID organization) {
        return organization == null ? "" : organization.toString();
    }

    /** All roles of a place, the built-in ones first, with whether the caller may give them. */
    static List<AssignableRoles> assignable(
            Caller.User caller, @Nullable UUID place, boolean mayAssign, List<StoredRole> custom) {
        var level = place == null
                ? dev.cloister.server.access.Role.Level.SITE
                : dev.cloister.server.access.Role.Level.ORGANIZATION;
        var all = new ArrayList<AssignableRoles>();
        for (var role : dev.cloister.server.access.Role.values()) {
            if (role.level() == level && !role.isImplicit()) {
                boolean assignable = mayAssign && RoleAssignment.mayGive(caller.subject(), role, place);
                all.add(view(RolePermissions.of(role, place), assignable, true));
            }
        }
        for (StoredRole role : custom) {
            boolean assignable = mayAssign
                    && RoleAssignment.lackingToHandle(caller.subject(), role.role())
                            .isEmpty();
            all.add(view(role.role(), assignable, false));
        }
        return all;
    }

    private static AssignableRoles view(CustomRole role, boolean assignable, boolean builtIn) {
        return new AssignableRoles(
                role.name(),
                id(role.organization()),
                role.displayName(),
                PermissionViews.wire(role.site()),
                PermissionViews.wire(role.user()),
                PermissionViews.wire(role.all()),
                PermissionViews.wire(role.mine()),
                assignable,
                builtIn);
    }
}
