package dev.cloister.server.organization;

import dev.cloister.contract.api.CreateOrganizationRequest;
import dev.cloister.contract.api.UpdateOrganizationRequest;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.access.Sharing;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.role.RoleGiving;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Organizations: read, created, changed, deleted. */
public final class OrganizationService {
    /** What every member of a new organization has besides the rights of membership itself. */
    static final List<String> USUAL_ROLES = List.of(Role.ORGANIZATION_WORKSPACE_ACCESS.wireName());

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationRepository organizations;
    private final MembershipService memberships;
    private final RoleGiving giving;
    private final Clock clock;

    OrganizationService(
            Transactions transactions,
            Authorizer authorizer,
            OrganizationRepository organizations,
            MembershipService memberships,
            RoleGiving giving,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
        this.memberships = memberships;
        this.giving = giving;
        this.clock = clock;
    }

    public Tenant get(Caller caller, OrganizationId id) {
        return transactions.read(tx -> organizations.get(tx, authorizer.require(tx, caller, Action.READ, id)));
    }

    List<Tenant> list(Caller caller) {
        var visibility = authorizer.visible(caller, ResourceType.ORGANIZATION, OrganizationRepository.columns());
        return transactions.read(tx -> organizations.list(tx, visibility));
    }

    /** The organizations that a person belongs to, as far as the caller sees them. */
    public List<Tenant> listOf(Caller caller, UUID user) {
        var visibility = authorizer.visible(caller, ResourceType.ORGANIZATION, OrganizationRepository.columns());
        return transactions.read(tx -> organizations.listOf(tx, visibility, user));
    }

    /** Creates an organization; whoever does it is its first member. */
    Tenant create(Caller.User caller, CreateOrganizationRequest wanted) {
        return takingNames(() -> transactions.change(caller, tx -> {
            var permit = authorizer.requireCreate(caller, ResourceType.ORGANIZATION, null, null);
            Instant now = clock.instant();
            var tenant = new Tenant(
                    new OrganizationId(UUID.randomUUID()),
                    wanted.name(),
                    wanted.displayName().isEmpty() ? wanted.name() : wanted.displayName(),
                    wanted.description(),
                    wanted.icon(),
                    false,
                    USUAL_ROLES,
                    Sharing.EVERYONE,
                    now,
                    now);
            requireValid(tenant, true);
            organizations.create(tx, permit, tenant);
            AuditEvent membership = memberships.found(tx, permit, tenant.id(), caller);
            tx.announce(Topics.USER_CHANGED, caller.subject().id().toString());
            return Changed.to(tenant, List.of(AuditEvent.created(tenant), membership));
        }));
    }

    private static void requireValid(Tenant tenant, boolean named) {
        var problems = new ArrayList<ValidationError>();
        if (named) {
            OrganizationNames.organization(tenant.name(), problems);
        }
        OrganizationNames.displayName(tenant.displayName(), problems);
        OrganizationNames.description(tenant.description(), problems);
        OrganizationNames.picture("icon", tenant.icon(), problems);
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    private static <T> T takingNames(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict(
                        "Organization already exists with that name.",
                        List.of(new ValidationError("name", "This name is already in use.")));
            }
            throw e;
        }
    }

    Tenant update(Caller.User caller, OrganizationId id, UpdateOrganizationRequest wanted) {
        return takingNames(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Tenant before = organizations.hold(tx, permit, Action.UPDATE);
            List<String> roles = before.defaultOrgMemberRoles();
            if (wanted.defaultOrgMemberRoles() != null) {
                authorizer.requireOnType(caller, Action.ASSIGN, ResourceType.ASSIGN_ORG_ROLE, id.value());
                roles = List.copyOf(giving.require(tx, caller, id.value(), roles, wanted.defaultOrgMemberRoles()));
            }
            var after = new Tenant(
                    id,
                    wanted.name().isEmpty() ? before.name() : wanted.name(),
                    wanted.displayName().isEmpty() ? before.displayName() : wanted.displayName(),
                    wanted.description() == null ? before.description() : wanted.description(),
                    wanted.icon() == null ? before.icon() : wanted.icon(),
                    before.isDefault(),
                    roles,
                    before.shareableWorkspaceOwners(),
                    before.createdAt(),
                    clock.instant());
            requireValid(after, !after.name().equals(before.name()));
            organizations.update(tx, permit, after);
            announceMembers(tx, before, after);
            return Changed.to(after, AuditEvent.updated(before, after));
        }));
    }

    /** Whose workspaces can be shared. What was shared against the new rule is taken back at once. */
    Tenant updateSharing(Caller caller, OrganizationId id, Optional<Sharing> wanted) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Tenant before = organizations.hold(tx, permit, Action.UPDATE);
            Sharing sharing = wanted.orElse(before.shareableWorkspaceOwners());
            var after = new Tenant(
                    id,
                    before.name(),
                    before.displayName(),
                    before.description(),
                    before.icon(),
                    before.isDefault(),
                    before.defaultOrgMemberRoles(),
                    sharing,
                    before.createdAt(),
                    clock.instant());
            organizations.update(tx, permit, after);
            organizations.endSharing(tx, permit, sharing);
            announceMembers(tx, before, after);
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    /** Everybody's open connections are judged again where the rights of all members may have changed. */
    private static void announceMembers(WriteTx tx, Tenant before, Tenant after) {
        if (!before.defaultOrgMemberRoles().equals(after.defaultOrgMemberRoles())
                || before.shareableWorkspaceOwners() != after.shareableWorkspaceOwners()) {
            tx.announce(Topics.USER_CHANGED, Events.RESYNCHRONIZE);
        }
    }

    void delete(Caller.User caller, OrganizationId id) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.DELETE, id);
            Tenant before = organizations.hold(tx, permit, Action.DELETE);
            if (before.isDefault()) {
                throw new Failure.Invalid("Default organization cannot be deleted.");
            }
            var contents = organizations.contents(tx, permit);
            requireEmpty(contents, caller.subject().isMemberOf(id.value()));
            organizations.delete(tx, permit, clock.instant());
            tx.announce(Topics.USER_CHANGED, Events.RESYNCHRONIZE);
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    /** @param belongs whether whoever deletes it is one of its members, and the last one allowed */
    private static void requireEmpty(OrganizationRepository.Contents contents, boolean belongs) {
        var parts = new ArrayList<String>();
        count(parts, contents.workspaces(), "workspace");
        count(parts, contents.templates(), "template");
        count(parts, contents.groups(), "group");
        count(parts, contents.members() - (belongs ? 1 : 0), "other member");
        if (!parts.isEmpty()) {
            throw new Failure.Invalid(
                    "Unable to delete organization.",
                    "The organization still has " + String.join(", ", parts) + ". Remove them first.",
                    List.of());
        }
    }

    private static void count(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word + (count == 1 ? "" : "s"));
        }
    }
}
