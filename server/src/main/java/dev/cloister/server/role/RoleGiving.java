package dev.cloister.server.role;

import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.access.GivenRoles;
import dev.cloister.server.access.Role;
import dev.cloister.server.access.RoleAssignment;
import dev.cloister.server.access.Subject;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which roles somebody may give and take. Whether they may give roles at all, and to this person, was decided before;
 * this is about the single role: the built-in ones by a fixed table, the others by what is in them.
 */
public final class RoleGiving {
    private static final int MOST = 100;

    private final CustomRoleRepository roles = new CustomRoleRepository();

    /**
     * The names of roles as they are stored, without those that everybody has and without repetitions.
     *
     * @param place where they are to be given: an organization that the caller may see, or null for the site
     * @throws Failure.Invalid where one does not exist there
     * @throws Failure.Forbidden where one that is gained or lost is not the caller's to give
     */
    public TreeSet<String> require(
            ReadTx tx, Caller.User caller, @Nullable UUID place, Collection<String> before, Collection<String> wanted) {
        if (wanted.size() > MOST) {
            throw new Failure.Invalid("Validation failed.", "roles", "At most " + MOST + " roles.");
        }
        Map<String, CustomRole> custom = custom(tx, place);
        var names = new TreeSet<String>();
        for (String name : wanted) {
            Optional<Role> role = builtIn(name, place);
            if (role.isEmpty() && !custom.containsKey(name)) {
                throw unknown(name, place);
            }
            if (role.isEmpty() || !role.get().isImplicit()) {
                names.add(name);
            }
        }
        var changed = new TreeSet<>(names);
        changed.removeAll(before);
        before.stream().filter(name -> !names.contains(name)).forEach(changed::add);
        for (String name : changed) {
            requireMayGive(caller, place, name, custom);
        }
        return names;
    }

    private static Failure unknown(String name, @Nullable UUID place) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        return new Failure.Invalid(
                "Validation failed.",
                "roles",
                "\"" + shown + "\" is not " + (place == null ? "a site role." : "a role of this organization."));
    }

    private static Optional<Role> builtIn(String name, @Nullable UUID place) {
        Role.Level level = place == null ? Role.Level.SITE : Role.Level.ORGANIZATION;
        return Role.parse(name).filter(role -> role.level() == level);
    }

    private Map<String, CustomRole> custom(ReadTx tx, @Nullable UUID place) {
        var byName = new HashMap<String, CustomRole>();
        roles.listIn(tx, place).forEach(role -> byName.put(role.name(), role.role()));
        return byName;
    }

    private static void requireMayGive(
            Caller.User caller, @Nullable UUID place, String name, Map<String, CustomRole> custom) {
        Optional<Role> role = builtIn(name, place);
        if (role.isPresent() && !RoleAssignment.mayGive(caller.subject(), role.get(), place)) {
            throw new Failure.Forbidden("You cannot give or take the role \"" + name + "\".");
        }
        // One that was deleted meanwhile is in nobody's way.
        CustomRole other = custom.get(name);
        if (role.isEmpty() && other != null) {
            RoleAssignment.lackingToHandle(caller.subject(), other).ifPresent(lacking -> {
                throw new Failure.Forbidden(
                        "You cannot give or take the role \"" + name + "\": you do not have " + lacking + " yourself.");
            });
        }
    }

    /** @throws Failure.Forbidden where a new role would speak of rights that the caller does not have */
    static void requireMayMake(Caller.User caller, CustomRole role) {
        RoleAssignment.lackingToMake(caller.subject(), role).ifPresent(RoleGiving::refuse);
    }

    /** @throws Failure.Forbidden where a role that there is speaks of rights that the caller does not have */
    static void requireMayHandle(Caller.User caller, CustomRole role) {
        RoleAssignment.lackingToHandle(caller.subject(), role).ifPresent(RoleGiving::refuse);
    }

    private static void refuse(String lacking) {
        throw new Failure.Forbidden("A role cannot speak of rights that you do not have yourself: " + lacking + ".");
    }

    /** Whether somebody has a role that was made in this place, also one that all members have. */
    static boolean has(Subject subject, @Nullable UUID place, String name) {
        Assignments.InOrganization inIt =
                place == null ? null : subject.given().organizations().get(place);
        GivenRoles given = place == null ? subject.given().site() : inIt == null ? GivenRoles.NONE : inIt.roles();
        return given.custom().stream().anyMatch(role -> role.name().equals(name));
    }
}
