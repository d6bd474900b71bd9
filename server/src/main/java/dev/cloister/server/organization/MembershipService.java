package dev.cloister.server.organization;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Sharing;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.role.RoleGiving;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who belongs to an organization. */
public final class MembershipService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationRepository organizations;
    private final MemberRepository members = new MemberRepository();
    private final RoleGiving giving;
    private final Clock clock;

    MembershipService(
            Transactions transactions,
            Authorizer authorizer,
            OrganizationRepository organizations,
            RoleGiving giving,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
        this.giving = giving;
        this.clock = clock;
    }

    /** A page of a list with the size of the whole. */
    record Page(List<Member> members, int count) {}

    /** Creates the default organization with its first member, as part of the set-up; returns the events of it. */
    public List<AuditEvent> createFirst(WriteTx tx, OrganizationId id, UUID user, String username) {
        Instant now = clock.instant();
        var tenant = new Tenant(
                id, "default", "Default", "", "", true, OrganizationService.USUAL_ROLES, Sharing.EVERYONE, now, now);
        organizations.createFirst(tx, tenant);
        var membership = membership(id, user, username);
        members.addFirst(tx, membership);
        return List.of(AuditEvent.created(tenant), AuditEvent.created(membership));
    }

    /** Makes whoever creates an organization its first member; returns the event of it. */
    AuditEvent found(WriteTx tx, CreatePermit organization, OrganizationId id, Caller.User caller) {
        var membership = membership(id, caller.subject().id(), caller.subject().username());
        members.addFounder(tx, organization, membership);
        return AuditEvent.created(membership);
    }

    /** Adds a person, inside the transaction that creates the account; returns the event of it. */
    public AuditEvent add(WriteTx tx, Caller caller, OrganizationId id, UUID user, String username) {
        authorizer.require(tx, caller, Action.READ, id);
        var permit = authorizer.requireCreate(caller, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
        var membership = membership(id, user, username);
        members.add(tx, permit, membership);
        return AuditEvent.created(membership);
    }

    private Membership membership(OrganizationId id, UUID user, String username) {
        Instant now = clock.instant();
        return new Membership(id, user, username, List.of(), now, now);
    }

    /** The members that the caller sees: all of them, or only themselves. */
    Page list(Caller caller, OrganizationId id, MemberFilter filter, MemberPageFilter page) {
        var visibility = authorizer.visible(caller, ResourceType.ORGANIZATION_MEMBER, MemberRepository.columns());
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            return new Page(
                    members.list(tx, permit, visibility, filter, page), members.count(tx, permit, visibility, filter));
        });
    }

    Member get(Caller caller, OrganizationId id, UUID user) {
        return transactions.read(tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.READ, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
            return members.person(tx, permit).orElseThrow(Failure.NotFound::new);
        });
    }

    /** Adds an existing person, whom the caller can see, to the organization. */
    Membership join(Caller caller, OrganizationId id, UUID user) {
        try {
            return transactions.change(caller, tx -> {
                authorizer.require(tx, caller, Action.READ, id);
                var permit = authorizer.requireCreate(caller, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
                String username = members.username(tx, authorizer.require(tx, caller, Action.READ, new PersonId(user)))
                        .orElseThrow(Failure.NotFound::new);
                var membership = membership(id, user, username);
                members.add(tx, permit, membership);
                tx.announce(Topics.USER_CHANGED, user.toString());
                return Changed.to(membership, AuditEvent.created(membership));
            });
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Invalid("Organization member already exists in this organization.");
            }
            throw e;
        }
    }

    /** Ends a membership, and with it what groups and roles there gave; nobody ends their own. */
    void remove(Caller.User caller, OrganizationId id, UUID user) {
        transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.DELETE, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
            Membership before = members.find(tx, permit, Action.DELETE).orElseThrow(Failure.NotFound::new);
            if (caller.subject().id().equals(user)) {
                throw new Failure.Invalid("You cannot remove yourself from an organization.");
            }
            members.remove(tx, permit);
            tx.announce(Topics.USER_CHANGED, user.toString());
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    /** Gives and takes organization roles; nobody their own. */
    Membership updateRoles(Caller.User caller, OrganizationId id, UUID user, List<String> names) {
        return transactions.change(caller, tx -> {
            authorizer.require(tx, caller, Action.READ, id);
            authorizer.requireOnType(caller, Action.ASSIGN, ResourceType.ASSIGN_ORG_ROLE, id.value());
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.UPDATE, ResourceType.ORGANIZATION_MEMBER, id.value(), user);
            Membership before = members.find(tx, permit, Action.UPDATE).orElseThrow(Failure.NotFound::new);
            if (caller.subject().id().equals(user)) {
                throw new Failure.Invalid("You cannot change your own roles.");
            }
            var wanted = giving.require(tx, caller, id.value(), before.roles(), names);
            var after = new Membership(
                    id, user, before.username(), List.copyOf(wanted), before.createdAt(), clock.instant());
            members.updateRoles(tx, permit, after);
            tx.announce(Topics.USER_CHANGED, user.toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }
}
