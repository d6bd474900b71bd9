package dev.cloister.server.access;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A person with their roles, ready for decisions: built once when a credential is looked up, then only read.
 *
 * <p>Levels vote in the order site, organization, membership: a denial at one level silences every narrower one, and a
 * grant at a level decides at once. Grants on the resource itself are added afterwards and only for members of its
 * organization. A token's scope can only take away.
 */
public final class Subject {
    private final UUID id;
    private final String username;
    private final Set<Role> siteRoles;
    private final Map<UUID, Set<Role>> organizationRoles;
    private final Scope scope;
    private final Grants site = new Grants();
    private final Grants own = new Grants();
    private final Map<UUID, Membership> memberships = new HashMap<>();

    public Subject(UUID id, String username, Set<Role> siteRoles, Map<UUID, Set<Role>> organizationRoles, Scope scope) {
        this.id = id;
        this.username = username;
        this.siteRoles = Set.copyOf(siteRoles);
        this.organizationRoles = Map.copyOf(organizationRoles);
        this.scope = scope;
        addSite(Role.MEMBER);
        siteRoles.forEach(this::addSite);
        organizationRoles.forEach(this::addOrganization);
    }

    private void addSite(Role role) {
        if (role.level() == Role.Level.SITE) {
            role.site(site);
            role.own(own);
        }
    }

    private void addOrganization(UUID organization, Set<Role> roles) {
        var membership = new Membership(new Grants(), new Grants());
        memberships.put(organization, membership);
        membership.add(Role.ORGANIZATION_MEMBER_ROLE);
        for (Role role : roles) {
            if (role.level() == Role.Level.ORGANIZATION) {
                membership.add(role);
                role.site(site);
            }
        }
    }

    public UUID id() {
        return id;
    }

    public String username() {
        return username;
    }

    public Set<Role> siteRoles() {
        return siteRoles;
    }

    public Map<UUID, Set<Role>> organizationRoles() {
        return organizationRoles;
    }

    public Scope scope() {
        return scope;
    }

    /** The same person with what a narrower credential leaves of their rights. */
    public Subject narrowed(Scope narrower) {
        return new Subject(id, username, siteRoles, organizationRoles, narrower);
    }

    boolean may(Action action, ResourceFacts object) {
        return scope.allows(action, object) && (byRole(action, object) || byGrant(action, object));
    }

    private boolean byRole(Action action, ResourceFacts object) {
        ResourceType type = object.type();
        if (site.denies(type, action)) {
            return false;
        }
        if (site.allows(type, action)) {
            return true;
        }
        boolean mine = id.equals(object.owner());
        if (object.organization() == null) {
            return mine && own.allows(type, action);
        }
        Membership membership = memberships.get(object.organization());
        if (membership == null || membership.all.denies(type, action)) {
            return false;
        }
        return membership.all.allows(type, action) || (mine && membership.mine.allows(type, action));
    }

    private boolean byGrant(Action action, ResourceFacts object) {
        return object.organization() != null
                && memberships.containsKey(object.organization())
                && object.everyone().contains(action);
    }

    /** Where this person may do {@code action} to things of {@code type}, as the parts of a SQL predicate. */
    Reach reach(Action action, ResourceType type) {
        if (!scope.mayEver(action, type)) {
            return Reach.NOWHERE;
        }
        if (site.denies(type, action)) {
            return Reach.ofGrants(grantable(type));
        }
        if (site.allows(type, action)) {
            return Reach.EVERYWHERE;
        }
        var reach = new Reach.Builder(own.allows(type, action));
        memberships.forEach((organization, membership) -> {
            if (!membership.all.denies(type, action)) {
                reach.organization(
                        organization, membership.all.allows(type, action), membership.mine.allows(type, action));
            }
        });
        return reach.build(grantable(type));
    }

    private Set<UUID> grantable(ResourceType type) {
        return type.hasGrants() ? memberships.keySet() : Set.of();
    }

    private record Membership(Grants all, Grants mine) {
        void add(Role role) {
            role.organization(all);
            role.membership(mine);
        }
    }
}
