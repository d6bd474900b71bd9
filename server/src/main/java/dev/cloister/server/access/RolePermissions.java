package dev.cloister.server.access;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is in a built-in role, in the form of a role of one's own: for lists and explanations. */
public final class RolePermissions {
    private RolePermissions() {}

    /** @param place the organization that it is listed for, null for the site */
    public static CustomRole of(Role role, @Nullable UUID place) {
        var site = new Grants();
        var own = new Grants();
        var all = new Grants();
        var mine = new Grants();
        role.site(site, DeploymentRules.STANDARD);
        role.own(own);
        role.organization(all, Sharing.EVERYONE);
        role.membership(mine, Sharing.EVERYONE);
        return new CustomRole(role.wireName(), role.displayName(), place, list(site), list(own), list(all), list(mine));
    }

    private static List<Permission> list(Grants grants) {
        var permissions = new ArrayList<Permission>();
        for (ResourceType type : ResourceType.values()) {
            add(permissions, false, type, grants.allowed(type));
            add(permissions, true, type, grants.denied(type));
        }
        return permissions;
    }

    private static void add(List<Permission> permissions, boolean negate, ResourceType type, long bits) {
        if (bits == type.allBits()) {
            permissions.add(new Permission(negate, type, null));
            return;
        }
        for (Action action : Action.values()) {
            if ((bits & action.bit()) != 0) {
                permissions.add(new Permission(negate, type, action));
            }
        }
    }
}
