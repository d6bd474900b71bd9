package dev.cloister.server.role;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Roles that administrators make. Nobody makes, changes or deletes one beyond their own rights: what it gives, what it
 * gave, and what it denied or denies must all be among the rights of whoever does it, because taking a denial away gives
 * rights too.
 */
public final class RoleService {
    private static final int MOST_IN_A_PLACE = 100;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final CustomRoleRepository roles = new CustomRoleRepository();
    private final RoleGiving giving = new RoleGiving();
    private final Clock clock;

    public RoleService(Transactions transactions, Authorizer authorizer, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    /** Which roles somebody may give to others; for the features in which roles are given. */
    public RoleGiving giving() {
        return giving;
    }

    /** The roles that are made in a place, the site where it is null, in the order of their names. */
    List<StoredRole> list(Caller caller, @Nullable ResourceId organization) {
        return transactions.read(
                tx -> roles.list(tx, RolePlace.require(tx, authorizer, caller, Action.READ, organization)));
    }

    StoredRole create(Caller.User caller, @Nullable ResourceId organization, RoleRequest request) {
        try {
            return transactions.change(caller, tx -> {
                var place = RolePlace.require(tx, authorizer, caller, Action.CREATE, organization);
                CustomRole role = request.role(place);
                RoleGiving.requireMayMake(caller, role);
                if (roles.count(tx, place) >= MOST_IN_A_PLACE) {
                    throw new Failure.Conflict("There are " + MOST_IN_A_PLACE + " roles of one's own already.");
                }
                UUID id = UUID.randomUUID();
                roles.insert(tx, place, id, role, clock.instant());
                var stored = StoredRole.of(id, role, clock.instant(), clock.instant());
                return Changed.to(stored, AuditEvent.created(stored));
            });
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict("A role with this name exists already.");
            }
            throw e;
        }
    }

    StoredRole update(Caller.User caller, @Nullable ResourceId organization, RoleRequest request) {
        return transactions.change(caller, tx -> {
            var place = RolePlace.require(tx, authorizer, caller, Action.UPDATE, organization);
            StoredRole before = held(tx, caller, place, request.name());
            CustomRole role = request.named(before.name()).role(place);
            RoleGiving.requireMayMake(caller, role);
            roles.update(tx, place, before.id(), role, clock.instant());
            tx.announce(Topics.USER_CHANGED, Events.RESYNCHRONIZE);
            var after = StoredRole.of(before.id(), role, before.createdAt(), clock.instant());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    /** Deletes the role and takes it from everybody who has it. */
    void delete(Caller.User caller, @Nullable ResourceId organization, String name) {
        transactions.change(caller, tx -> {
            var place = RolePlace.require(tx, authorizer, caller, Action.DELETE, organization);
            StoredRole before = held(tx, caller, place, name);
            if (organization == null) {
                roles.takeOnSite(tx, before.name());
            } else {
                roles.takeInOrganization(tx, place, before.name());
            }
            roles.delete(tx, place, before.id());
            tx.announce(Topics.USER_CHANGED, Events.RESYNCHRONIZE);
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    private StoredRole held(WriteTx tx, Caller.User caller, RolePlace place, String name) {
        Optional<StoredRole> found = roles.hold(tx, place, name);
        StoredRole role = found.orElseThrow(Failure.NotFound::new);
        RoleGiving.requireMayHandle(caller, role.role());
        if (RoleGiving.has(caller.subject(), place.organization(), role.name())) {
            throw new Failure.Forbidden("You cannot change or delete a role that you have yourself.");
        }
        return role;
    }
}
