package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.time.Clock;

/** Passwords of people who are signed in, and of those whom an administrator helps. */
public final class PasswordService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final ApiKeyRepository keys;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final Clock clock;

    public PasswordService(
            Transactions transactions,
            Authorizer authorizer,
            UserRepository users,
            ApiKeyRepository keys,
            Passwords passwords,
            LoginThrottle throttle,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.keys = keys;
        this.passwords = passwords;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** A new password. Oneself must prove the old one; every other session and token of the person ends. */
    void update(Caller.User caller, UserId id, Secret oldPassword, Secret password) {
        Account account = own(caller, id);
        boolean self = caller.subject().id().equals(id.value());
        if (account.loginType() != LoginType.PASSWORD) {
            throw new Failure.Invalid("Users without the password login type cannot change their password.");
        }
        if (self) {
            requireProof(caller, account, oldPassword, "old_password");
        }
        PasswordRules.problem(password, account.username(), account.email()).ifPresent(problem -> {
            throw new Failure.Invalid("Invalid password.", "password", problem);
        });
        Secret hash = passwords.hash(password);
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id);
            Account before = UserService.requireOverPerson(caller, users.get(tx, permit));
            Account after = users.updatePassword(tx, permit, hash, clock.instant());
            keys.endAll(tx, id, self ? caller.credentialId() : "");
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    private Account own(Caller.User caller, UserId id) {
        return transactions.read(tx -> UserService.requireOverPerson(
                caller, users.get(tx, authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id))));
    }

    /** Whoever has a stolen session guesses the password no faster than somebody without one. */
    private void requireProof(Caller.User caller, Account account, Secret password, String field) {
        String address = caller.origin().address();
        throttle.beforeLogin(account.email(), address);
        if (!passwords.matches(password, account.hashedPassword())) {
            throttle.failed(account.email(), address);
            throw new Failure.Invalid(
                    field.equals("old_password") ? "Old password is incorrect." : "Incorrect password.",
                    field,
                    "Is not the password of this account.");
        }
        throttle.succeeded(account.email(), address);
    }

    /** Another way to sign in: none is offered yet, which only the person themselves is told, with their password. */
    Failure convert(Caller.User caller, UserId id, Secret password, LoginType wanted) {
        Account account = own(caller, id);
        if (!caller.subject().id().equals(id.value())) {
            return new Failure.Forbidden("People change the way they sign in themselves.");
        }
        if (account.loginType() != LoginType.PASSWORD) {
            return new Failure.Invalid("Only accounts that sign in with a password can change to another way.");
        }
        requireProof(caller, account, password, "password");
        return new Failure.Invalid(
                "The way to sign in cannot be changed.",
                "to_type",
                wanted == LoginType.OIDC || wanted == LoginType.GITHUB
                        ? "Signing in with OpenID Connect or GitHub is not offered yet."
                        : "Must be \"oidc\" or \"github\".");
    }
}
