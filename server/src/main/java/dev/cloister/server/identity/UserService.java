package dev.cloister.server.identity;

import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.role.RoleGiving;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts: read, changed, suspended, deleted. */
public final class UserService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final ApiKeyRepository keys;
    private final AccountNotices told;
    private final RoleGiving giving = new RoleGiving();
    private final Clock clock;

    public UserService(
            Transactions transactions,
            Authorizer authorizer,
            UserRepository users,
            ApiKeyRepository keys,
            AccountNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.keys = keys;
        this.told = told;
        this.clock = clock;
    }

    Account get(Caller caller, UserId id) {
        return transactions.read(tx -> users.get(tx, authorizer.require(tx, caller, Action.READ, id)));
    }

    /** An account with the organizations of the person. */
    UserRepository.Whole whole(Caller caller, UserId id) {
        return transactions.read(tx -> users.whole(tx, authorizer.require(tx, caller, Action.READ, id)));
    }

    /**
     * What a person shows of themselves.
     *
     * @param avatarUrl null to leave it as it is
     */
    record Profile(String username, String name, @Nullable String avatarUrl) {}

    UserRepository.Whole updateProfile(Caller caller, UserId id, Profile wanted) {
        return UserCreation.takingNames(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id);
            var whole = users.whole(tx, permit);
            Account before = requireOverPerson(caller, whole.account());
            requireValid(wanted);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Account after = before.withProfile(wanted, now);
            users.updateProfile(tx, permit, wanted, now);
            return Changed.to(
                    new UserRepository.Whole(after, whole.organizations()), AuditEvent.updated(before, after));
        }));
    }

    private static void requireValid(Profile wanted) {
        var problems = new ArrayList<ValidationError>();
        Names.usernameProblem(wanted.username()).ifPresent(p -> problems.add(new ValidationError("username", p)));
        Names.fullNameProblem(wanted.name()).ifPresent(p -> problems.add(new ValidationError("name", p)));
        if (wanted.avatarUrl() != null) {
            Names.avatarProblem(wanted.avatarUrl()).ifPresent(p -> problems.add(new ValidationError("avatar_url", p)));
        }
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    /** Suspends or activates. A suspended person's sessions and connections end at once. */
    Account updateStatus(Caller.User caller, UserId id, UserStatus status) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            if (status == UserStatus.SUSPENDED) {
                requireNotSelf(caller, id, "You cannot suspend yourself.");
                requireAnotherOwner(tx, permit, before);
                keys.endAll(tx, id, "");
            }
            Account after = users.updateStatus(tx, permit, status, clock.instant());
            told.statusChanged(tx, caller, before, after);
            tx.announce(Topics.USER_CHANGED, id.value().toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    Account updateRoles(Caller.User caller, UserId id, List<String> names) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            authorizer.requireOnType(caller, Action.ASSIGN, ResourceType.ASSIGN_ROLE, null);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            requireNotSelf(caller, id, "You cannot change your own roles.");
            Set<String> wanted = giving.require(tx, caller, null, before.rbacRoles(), names);
            if (!wanted.contains(Role.OWNER.wireName())) {
                requireAnotherOwner(tx, permit, before);
            }
            Account after = users.updateRoles(tx, permit, List.copyOf(wanted), clock.instant());
            tx.announce(Topics.USER_CHANGED, id.value().toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    void delete(Caller.User caller, UserId id) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.DELETE, id);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            requireNotSelf(caller, id, "You cannot delete yourself.");
            requireAnotherOwner(tx, permit, before);
            if (users.ownsWorkspaces(tx, permit)) {
                throw new Failure.Unmet("The user still has workspaces. Delete them first.");
            }
            keys.endAll(tx, id, "");
            users.delete(tx, permit, clock.instant());
            told.deleted(tx, caller, before);
            tx.announce(Topics.USER_CHANGED, id.value().toString());
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    /** Nobody below an owner acts on an owner: else a user administrator could take an owner's account over. */
    static Account requireOverPerson(Caller caller, Account target) {
        boolean onOwner = target.rbacRoles().contains(Role.OWNER.wireName());
        boolean allowed = caller instanceof Caller.User user
                && (user.subject().id().equals(target.id().value())
                        || user.subject().siteRoles().contains(Role.OWNER));
        if (onOwner && !allowed) {
            throw new Failure.Forbidden("Only an owner can change another owner's account.");
        }
        return target;
    }

    static void requireNotSelf(Caller.User caller, UserId id, String message) {
        if (caller.subject().id().equals(id.value())) {
            throw new Failure.Invalid(message);
        }
    }

    private void requireAnotherOwner(WriteTx tx, Permit<UserId> permit, Account before) {
        if (before.rbacRoles().contains(Role.OWNER.wireName()) && users.otherActiveOwners(tx, permit) == 0) {
            throw new Failure.Conflict("This is the last active owner. Make somebody else an owner first.");
        }
    }
}
