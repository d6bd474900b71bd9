package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.ZeroValues;
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
import dev.cloister.server.organization.MembershipService;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Accounts: created, changed, suspended, deleted. */
public final class UserService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final ApiKeyRepository keys;
    private final MembershipService memberships;
    private final Passwords passwords;
    private final Clock clock;

    public UserService(
            Transactions transactions,
            Authorizer authorizer,
            UserRepository users,
            ApiKeyRepository keys,
            MembershipService memberships,
            Passwords passwords,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.keys = keys;
        this.memberships = memberships;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** What a new account is to be. */
    record NewUser(String username, String email, String name, Secret password, List<UUID> organizations) {}

    static void requireValid(NewUser wanted) {
        var problems = new ArrayList<ValidationError>();
        Names.usernameProblem(wanted.username()).ifPresent(p -> problems.add(new ValidationError("username", p)));
        Names.emailProblem(wanted.email()).ifPresent(p -> problems.add(new ValidationError("email", p)));
        Names.fullNameProblem(wanted.name()).ifPresent(p -> problems.add(new ValidationError("name", p)));
        PasswordRules.problem(wanted.password(), wanted.username(), wanted.email())
                .ifPresent(p -> problems.add(new ValidationError("password", p)));
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    Account create(Caller caller, NewUser wanted) {
        requireValid(wanted);
        Secret hash = passwords.hash(wanted.password());
        return takingNames(() -> transactions.change(caller, tx -> {
            var permit = authorizer.requireCreate(caller, ResourceType.USER, null, null);
            Account account = users.create(tx, permit, newAccount(wanted, hash, List.of()));
            var events = new ArrayList<AuditEvent>();
            events.add(AuditEvent.created(account));
            for (UUID organization : wanted.organizations()) {
                events.add(memberships.add(
                        tx,
                        caller,
                        new OrganizationId(organization),
                        account.id().value(),
                        account.username()));
            }
            return Changed.to(account, events);
        }));
    }

    Account newAccount(NewUser wanted, Secret hash, List<String> roles) {
        Instant now = clock.instant();
        return new Account(
                new UserId(UUID.randomUUID()),
                wanted.username(),
                wanted.email(),
                wanted.name(),
                "",
                hash,
                LoginType.PASSWORD,
                UserStatus.ACTIVE,
                roles,
                now,
                now,
                ZeroValues.TIME,
                false);
    }

    static <T> T takingNames(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict("User already exists: the username or the e-mail address is taken.");
            }
            if (SqlStates.isForeignKeyViolation(e)) {
                throw new Failure.NotFound();
            }
            throw e;
        }
    }

    Account get(Caller caller, UserId id) {
        return transactions.read(tx -> users.get(tx, authorizer.require(tx, caller, Action.READ, id)));
    }

    Account updateProfile(Caller caller, UserId id, String username, String name) {
        Names.usernameProblem(username).ifPresent(problem -> {
            throw new Failure.Invalid("Validation failed.", "username", problem);
        });
        Names.fullNameProblem(name).ifPresent(problem -> {
            throw new Failure.Invalid("Validation failed.", "name", problem);
        });
        return takingNames(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            Account after = users.updateProfile(tx, permit, username, name, clock.instant());
            return Changed.to(after, AuditEvent.updated(before, after));
        }));
    }

    /** A new password. Oneself must prove the old one; every other session of the person ends. */
    void updatePassword(Caller.User caller, UserId id, Secret oldPassword, Secret password) {
        Account account =
                transactions.read(tx -> users.get(tx, authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id)));
        boolean self = caller.subject().id().equals(id.value());
        if (account.loginType() != LoginType.PASSWORD) {
            throw new Failure.Invalid("Users without the password login type cannot change their password.");
        }
        if (self && !passwords.matches(oldPassword, account.hashedPassword())) {
            throw new Failure.Invalid("Old password is incorrect.", "old_password", "Old password is incorrect.");
        }
        PasswordRules.problem(password, account.username(), account.email()).ifPresent(problem -> {
            throw new Failure.Invalid("Invalid password.", "password", problem);
        });
        Secret hash = passwords.hash(password);
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            Account after = users.updatePassword(tx, permit, hash, clock.instant());
            endSessions(tx, id, self ? caller.credentialId() : "");
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    private void endSessions(WriteTx tx, UserId id, String except) {
        keys.deleteAll(tx, id, except).forEach(key -> tx.announce(Topics.CREDENTIAL_ENDED, key));
    }

    /** Suspends or activates. A suspended person's sessions and connections end at once. */
    Account updateStatus(Caller.User caller, UserId id, UserStatus status) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            if (status == UserStatus.SUSPENDED) {
                requireNotSelf(caller, id, "You cannot suspend yourself.");
                requireAnotherOwner(tx, permit, before);
                endSessions(tx, id, "");
            }
            Account after = users.updateStatus(tx, permit, status, clock.instant());
            tx.announce(Topics.USER_CHANGED, id.value().toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    Account updateRoles(Caller.User caller, UserId id, List<String> names) {
        Set<String> wanted = new TreeSet<>(names);
        wanted.remove(Role.MEMBER.wireName());
        for (String name : wanted) {
            if (Role.parse(name).filter(role -> role.level() == Role.Level.SITE).isEmpty()) {
                throw new Failure.Invalid("Validation failed.", "roles", "\"" + name + "\" is not a site role.");
            }
        }
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            authorizer.requireOnType(caller, Action.ASSIGN, ResourceType.ASSIGN_ROLE, null);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            requireNotSelf(caller, id, "You cannot change your own roles.");
            requireMayGive(caller, before, wanted);
            if (!wanted.contains(Role.OWNER.wireName())) {
                requireAnotherOwner(tx, permit, before);
            }
            Account after = users.updateRoles(tx, permit, List.copyOf(wanted), clock.instant());
            tx.announce(Topics.USER_CHANGED, id.value().toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    /** Only an owner gives or takes site roles; a user administrator may only leave them as they are. */
    private static void requireMayGive(Caller.User caller, Account before, Set<String> wanted) {
        if (!caller.subject().siteRoles().contains(Role.OWNER) && !wanted.equals(Set.copyOf(before.rbacRoles()))) {
            throw new Failure.Forbidden("Only an owner can give or take site roles.");
        }
    }

    void delete(Caller.User caller, UserId id) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.DELETE, id);
            Account before = requireOverPerson(caller, users.get(tx, permit));
            requireNotSelf(caller, id, "You cannot delete yourself.");
            requireAnotherOwner(tx, permit, before);
            if (users.ownsWorkspaces(tx, permit)) {
                throw new Failure.Conflict("The user still has workspaces. Delete them first.");
            }
            endSessions(tx, id, "");
            users.delete(tx, permit, clock.instant());
            tx.announce(Topics.USER_CHANGED, id.value().toString());
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    /** Nobody below an owner acts on an owner: else a user administrator could take an owner's account over. */
    private static Account requireOverPerson(Caller caller, Account target) {
        boolean onOwner = target.rbacRoles().contains(Role.OWNER.wireName());
        boolean allowed = caller instanceof Caller.User user
                && (user.subject().id().equals(target.id().value())
                        || user.subject().siteRoles().contains(Role.OWNER));
        if (onOwner && !allowed) {
            throw new Failure.Forbidden("Only an owner can change another owner's account.");
        }
        return target;
    }

    private static void requireNotSelf(Caller.User caller, UserId id, String message) {
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
