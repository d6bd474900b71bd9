package dev.cloister.server.access;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person with their roles, ready for decisions: built once when a credential is looked up, then only read.
 *
 * <p>Levels vote in the order site, organization, membership: a denial at one level silences that level and every
 * narrower one, and a grant at a level decides at once. Grants on the resource itself are added afterwards and only for
 * members of its organization; no denial of a role takes them away. A token's scope can only take away.
 */
public final class Subject {
    private final Assignments given;
    private final Scope scope;
    private final Grants site = new Grants();
    private final Grants own = new Grants();
    private final Map<UUID, LevelRights> memberships = new HashMap<>();
    private final Set<UUID> groups;

    public Subject(Assignments given, Scope scope) {
        this.given = given;
        this.scope = scope;
        this.groups = new HashSet<>(given.groups());
        addSite(Role.MEMBER);
        given.site().builtIn().forEach(this::addSite);
        for (CustomRole role : given.site().custom()) {
            site.add(role.site());
            own.add(role.user());
        }
        given.organizations().forEach(this::addOrganization);
    }

    private void addSite(Role role) {
        if (role.level() == Role.Level.SITE) {
            role.site(site, given.rules());
            role.own(own);
        }
    }

    private void addOrganization(UUID organization, Assignments.InOrganization inIt) {
        groups.add(organization);
        memberships.put(organization, LevelRights.of(inIt, given.serviceAccount()));
        for (Role role : inIt.roles().builtIn()) {
            if (role.level() == Role.Level.ORGANIZATION) {
                role.site(site, given.rules());
            }
        }
    }

    public UUID id() {
        return given.id();
    }

    public String username() {
        return given.username();
    }

    /** Built-in roles of the site, besides that of every member. */
    public Set<Role> siteRoles() {
        return given.site().builtIn();
    }

    /** The built-in roles in one organization, besides that of every member; empty for one they do not belong to. */
    public Set<Role> rolesIn(@Nullable UUID organization) {
        Assignments.InOrganization inIt =
                organization == null ? null : given.organizations().get(organization);
        return inIt == null ? Set.of() : inIt.roles().builtIn();
    }

    public boolean isMemberOf(UUID organization) {
        return memberships.containsKey(organization);
    }

    /** All that was given to the person. */
    public Assignments given() {
        return given;
    }

    public Scope scope() {
        return scope;
    }

    /** The same person with what a narrower credential leaves of their rights. */
    public Subject narrowed(Scope narrower) {
        return new Subject(given, narrower);
    }

    boolean may(Action action, ResourceFacts object) {
        return (scope.allows(action, object) && (byRole(action, object.type(), object) || byGrant(action, object)))
                || mayAsPrebuilt(action, object);
    }

    private boolean mayAsPrebuilt(Action action, ResourceFacts object) {
        return object.isPrebuilt()
                && scope.allows(action, ResourceType.PREBUILT_WORKSPACE, object)
                && byRole(action, ResourceType.PREBUILT_WORKSPACE, object);
    }

    private boolean byRole(Action action, ResourceType type, ResourceFacts object) {
        return byRole(action, type, object.organization(), given.id().equals(object.owner()));
    }

    /** What the roles alone say, whatever the credential leaves of it. */
    boolean byRole(Action action, ResourceType type, @Nullable UUID organization, boolean mine) {
        if (site.denies(type, action)) {
            return false;
        }
        if (site.allows(type, action)) {
            return true;
        }
        if (organization == null) {
            return mine && own.votesFor(type, action);
        }
        LevelRights membership = memberships.get(organization);
        if (membership == null || membership.all().denies(type, action)) {
            return false;
        }
        return membership.all().allows(type, action)
                || (mine && membership.mine().votesFor(type, action));
    }

    /** Whether a right is the person's own to pass on: by their roles, with this credential, on all such things. */
    boolean holds(Action action, ResourceType type, @Nullable UUID organization, boolean mine) {
        return scope.grants().allows(type, action)
                && scope.allowed().isEverything()
                && byRole(action, type, organization, mine);
    }

    private boolean byGrant(Action action, ResourceFacts object) {
        return object.acl() != AccessList.NONE
                && countsGrants(object.type())
                && object.type().knows(action)
                && object.organization() != null
                && memberships.containsKey(object.organization())
                && object.acl().allows(given.id(), groups, action);
    }

    /** Grants on workspaces are sharing, which an operator can forbid altogether. */
    private boolean countsGrants(ResourceType type) {
        return type.hasGrants()
                && (type != ResourceType.WORKSPACE || given.rules().workspaceSharing());
    }

    /** Whether the person may do this to such a thing in any organization at all, or to one of none. */
    boolean mayInAny(Action action, ResourceType type, @Nullable UUID owner) {
        if (may(action, ResourceFacts.of(type, null, null, owner))) {
            return true;
        }
        for (UUID organization : memberships.keySet()) {
            if (may(action, ResourceFacts.of(type, null, organization, owner))) {
                return true;
            }
        }
        return false;
    }

    /** Where this person may do {@code action} to things of {@code type}, as the parts of a SQL predicate. */
    Reach reach(Action action, ResourceType type) {
        if (!type.knows(action) || !scope.mayEver(action, type)) {
            return Reach.NOWHERE;
        }
        Set<UUID> only = scope.allowed().only(type);
        if (site.votesFor(type, action)) {
            return Reach.everywhere(given.id(), only);
        }
        var reach = new Reach.Builder(given.id(), only);
        if (countsGrants(type)) {
            reach.grants(memberships.keySet(), groups);
        }
        if (!site.denies(type, action)) {
            reach.own(own.votesFor(type, action));
            memberships.forEach((organization, membership) -> {
                if (!membership.all().denies(type, action)) {
                    reach.organization(
                            organization,
                            membership.all().allows(type, action),
                            membership.mine().votesFor(type, action));
                }
            });
        }
        return reach.build();
    }
}
