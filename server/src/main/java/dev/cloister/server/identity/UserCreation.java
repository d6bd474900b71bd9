package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.organization.MembershipService;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.role.RoleGiving;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** New accounts: of people who sign in with a password, of people who do not sign in yet, and of machines. */
public final class UserCreation {
    private static final Secret NO_PASSWORD = Secret.of("");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final MembershipService memberships;
    private final OrganizationResolver organizations;
    private final Passwords passwords;
    private final AccountNotices told;
    private final RoleGiving giving = new RoleGiving();
    private final Clock clock;

    public UserCreation(
            Transactions transactions,
            Authorizer authorizer,
            UserRepository users,
            MembershipService memberships,
            OrganizationResolver organizations,
            Passwords passwords,
            AccountNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.memberships = memberships;
        this.organizations = organizations;
        this.passwords = passwords;
        this.told = told;
        this.clock = clock;
    }

    /** Checks what was asked for; returns the password, empty for an account without one. */
    static Secret requireValid(NewUser wanted) {
        var problems = new ArrayList<ValidationError>();
        Names.usernameProblem(wanted.username()).ifPresent(p -> problems.add(new ValidationError("username", p)));
        Names.fullNameProblem(wanted.name()).ifPresent(p -> problems.add(new ValidationError("name", p)));
        loginProblem(wanted).ifPresent(p -> problems.add(new ValidationError("login_type", p)));
        emailProblem(wanted).ifPresent(p -> problems.add(new ValidationError("email", p)));
        passwordProblem(wanted).ifPresent(p -> problems.add(new ValidationError("password", p)));
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
        return wanted.password() == null ? NO_PASSWORD : wanted.password();
    }

    private static Optional<String> loginProblem(NewUser wanted) {
        return switch (wanted.loginType()) {
            case PASSWORD ->
                wanted.isServiceAccount()
                        ? Optional.of("A service account cannot sign in: its login type is \"none\".")
                        : Optional.empty();
            case NONE -> Optional.empty();
            case OIDC, GITHUB -> Optional.of("Signing in with OpenID Connect or GitHub is not offered yet.");
            case TOKEN, UNSET -> Optional.of("Must be \"password\" or \"none\".");
        };
    }

    private static Optional<String> emailProblem(NewUser wanted) {
        if (wanted.isServiceAccount()) {
            return wanted.email().isEmpty()
                    ? Optional.empty()
                    : Optional.of("A service account has no e-mail address.");
        }
        return Names.emailProblem(wanted.email());
    }

    private static Optional<String> passwordProblem(NewUser wanted) {
        Secret password = wanted.password();
        if (wanted.loginType() != LoginType.PASSWORD || wanted.isServiceAccount()) {
            return password == null ? Optional.empty() : Optional.of("Only for the login type \"password\".");
        }
        return password == null
                ? Optional.of("A password is required.")
                : PasswordRules.problem(password, wanted.username(), wanted.email());
    }

    Account create(Caller caller, NewUser wanted) {
        var allowed = authorizer.requireCreate(caller, ResourceType.USER, null, null);
        if (!wanted.roles().isEmpty()) {
            authorizer.requireOnType(caller, Action.ASSIGN, ResourceType.ASSIGN_ROLE, null);
        }
        Secret password = requireValid(wanted);
        Secret hash = wanted.password() == null ? NO_PASSWORD : passwords.hash(password);
        return takingNames(() -> transactions.change(caller, tx -> {
            Account account = users.create(tx, allowed, newAccount(wanted, roles(tx, caller, wanted), hash));
            var events = new ArrayList<AuditEvent>();
            events.add(AuditEvent.created(account));
            for (OrganizationId organization : organizationsOf(tx, caller, wanted)) {
                events.add(
                        memberships.add(tx, caller, organization, account.id().value(), account.username()));
            }
            told.created(tx, caller, account);
            return Changed.to(account, events);
        }));
    }

    private List<OrganizationId> organizationsOf(WriteTx tx, Caller caller, NewUser wanted) {
        return wanted.organizations().isEmpty()
                ? List.of(organizations.resolve(tx, caller, "default"))
                : wanted.organizations().stream()
                        .distinct()
                        .map(OrganizationId::new)
                        .toList();
    }

    /** As for the roles of an account that is there; the names as they are stored. */
    private Collection<String> roles(ReadTx tx, Caller caller, NewUser wanted) {
        if (wanted.roles().isEmpty()) {
            return List.of();
        }
        if (!(caller instanceof Caller.User user)) {
            throw new Failure.Forbidden("Only a person can give site roles.");
        }
        return giving.require(tx, user, null, List.of(), wanted.roles());
    }

    Account newAccount(NewUser wanted, Collection<String> roles, Secret hash) {
        Instant now = clock.instant();
        return new Account(
                new UserId(UUID.randomUUID()),
                wanted.username(),
                wanted.email(),
                wanted.name(),
                "",
                hash,
                wanted.isServiceAccount() ? LoginType.NONE : wanted.loginType(),
                wanted.status(),
                List.copyOf(roles),
                now,
                now,
                ZeroValues.TIME,
                wanted.isServiceAccount(),
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
}
