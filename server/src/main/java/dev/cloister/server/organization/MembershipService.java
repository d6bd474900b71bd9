package dev.cloister.server.organization;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** Who belongs to an organization. */
public final class MembershipService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationRepository organizations;
    private final Clock clock;

    public MembershipService(
            Transactions transactions, Authorizer authorizer, OrganizationRepository organizations, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** Creates the default organization with its first member, as part of the set-up; returns the events of it. */
    public List<AuditEvent> createFirst(WriteTx tx, OrganizationId id, UUID user, String username) {
        Instant now = clock.instant();
        var tenant = new Tenant(id, "default", "Default", "", "", true, now, now);
        organizations.createFirst(tx, tenant);
        var membership = membership(id, user, username);
        organizations.addFirst(tx, membership);
        return List.of(AuditEvent.created(tenant), AuditEvent.created(membership));
    }

    /** Adds a person, inside the transaction that creates the account; returns the event of it. */
    public AuditEvent add(WriteTx tx, Caller caller, OrganizationId id, UUID user, String username) {
        authorizer.require(tx, caller, Action.READ, id);
        var permit = authorizer.requireCreate(caller, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
        var membership = membership(id, user, username);
        organizations.add(tx, permit, membership);
        return AuditEvent.created(membership);
    }

    private Membership membership(OrganizationId id, UUID user, String username) {
        Instant now = clock.instant();
        return new Membership(id, user, username, List.of(), now, now);
    }

    List<Membership> members(Caller caller, OrganizationId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            authorizer.requireOnType(caller, Action.READ, ResourceType.ORGANIZATION_MEMBER, id.value());
            return organizations.members(tx, permit);
        });
    }

    Membership get(Caller caller, OrganizationId id, UUID user) {
        return transactions.read(tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.READ, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
            return organizations.member(tx, permit, Action.READ).orElseThrow(Failure.NotFound::new);
        });
    }

    /** Adds an existing person to the organization. */
    Membership join(Caller caller, OrganizationId id, UUID user, String username) {
        return transactions.change(caller, tx -> {
            AuditEvent event = add(tx, caller, id, user, username);
            tx.announce(Topics.USER_CHANGED, user.toString());
            return Changed.to(membership(id, user, username), event);
        });
    }

    void remove(Caller caller, OrganizationId id, UUID user) {
        transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.DELETE, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
            Membership before = organizations.member(tx, permit, Action.DELETE).orElseThrow(Failure.NotFound::new);
            organizations.remove(tx, permit);
            tx.announce(Topics.USER_CHANGED, user.toString());
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    /** Gives and takes organization roles; nobody their own. */
    Membership updateRoles(Caller.User caller, OrganizationId id, UUID user, List<String> names) {
        var wanted = new TreeSet<>(names);
        wanted.remove(Role.ORGANIZATION_MEMBER_ROLE.wireName());
        for (String name : wanted) {
            if (Role.parse(name)
                    .filter(role -> role.level() == Role.Level.ORGANIZATION)
                    .isEmpty()) {
                throw new Failure.Invalid(
                        "Validation failed.", "roles", "\"" + name + "\" is not an organization role.");
            }
        }
        if (caller.subject().id().equals(user)) {
            throw new Failure.Invalid("You cannot change your own roles.");
        }
        return transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            authorizer.requireOnType(caller, Action.ASSIGN, ResourceType.ASSIGN_ORG_ROLE, id.value());
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.UPDATE, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
            Membership before = organizations.member(tx, permit, Action.UPDATE).orElseThrow(Failure.NotFound::new);
            requireMayGive(caller, id, before, wanted);
            organizations.updateRoles(tx, permit, List.copyOf(wanted));
            tx.announce(Topics.USER_CHANGED, user.toString());
            var after = new Membership(
                    id, user, before.username(), List.copyOf(wanted), before.createdAt(), clock.instant());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    /** A user administrator gives the ordinary member roles only; owners and organization administrators all. */
    private static void requireMayGive(
            Caller.User caller, OrganizationId id, Membership before, TreeSet<String> wanted) {
        var subject = caller.subject();
        boolean all = subject.siteRoles().contains(Role.OWNER)
                || subject.rolesIn(id.value()).contains(Role.ORGANIZATION_ADMIN);
        var changed = new TreeSet<>(wanted);
        changed.removeAll(before.roles());
        before.roles().stream().filter(role -> !wanted.contains(role)).forEach(changed::add);
        changed.remove(Role.ORGANIZATION_WORKSPACE_ACCESS.wireName());
        if (!all && !changed.isEmpty()) {
            throw new Failure.Forbidden("Only an owner or an organization administrator can give or take this role.");
        }
    }
}
