package dev.cloister.server.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which roles somebody may give to others and take from them, of those who may give roles at all. Built-in roles go by a
 * table; what is in a role of one's own must be among the giver's rights.
 *
 * <p>Taking a denial away gives rights, and denying takes them from others. That is for those who hold the rights that
 * are denied, and for those who rule the place anyway.
 */
public final class RoleAssignment {
    private static final Set<Role> ORDINARY = EnumSet.of(
            Role.MEMBER, Role.ORGANIZATION_MEMBER_ROLE, Role.ORGANIZATION_WORKSPACE_ACCESS, Role.AGENTS_ACCESS);

    private RoleAssignment() {}

    /** @param place the organization where it is given, null for the site */
    public static boolean mayGive(Subject giver, Role role, @Nullable UUID place) {
        if (isOwner(giver)) {
            return true;
        }
        return ORDINARY.contains(role)
                || (role.level() == Role.Level.ORGANIZATION
                        && giver.rolesIn(place).contains(Role.ORGANIZATION_ADMIN));
    }

    /** The first right that somebody would need to make a role and does not have: {@code workspace:ssh}. */
    public static Optional<String> lackingToMake(Subject maker, CustomRole role) {
        UUID place = role.organization();
        boolean rules = isOwner(maker) || (place != null && maker.rolesIn(place).contains(Role.ORGANIZATION_ADMIN));
        return lacking(maker, role.site(), rules, null, false)
                .or(() -> lacking(maker, role.user(), rules, null, true))
                .or(() -> lacking(maker, role.all(), rules, place, false))
                .or(() -> lacking(maker, role.mine(), rules, place, true));
    }

    /** The first right that somebody would need to give, take, change or delete a role that there is. */
    public static Optional<String> lackingToHandle(Subject giver, CustomRole role) {
        return isOwner(giver) ? Optional.empty() : lackingToMake(giver, role);
    }

    private static boolean isOwner(Subject subject) {
        return subject.siteRoles().contains(Role.OWNER);
    }

    private static Optional<String> lacking(
            Subject subject, List<Permission> permissions, boolean mayDeny, @Nullable UUID place, boolean mine) {
        for (Permission permission : permissions) {
            if (permission.negate() && mayDeny) {
                continue;
            }
            for (ResourceType type : ResourceType.values()) {
                for (Action action : type.actions()) {
                    if (permission.covers(type, action) && !subject.holds(action, type, place, mine)) {
                        return Optional.of(type.wireName() + ":" + action.wireName());
                    }
                }
            }
        }
        return Optional.empty();
    }
}
