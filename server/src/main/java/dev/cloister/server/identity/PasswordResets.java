package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new password for somebody who does not know the old one, by a code that works once. Whether an account exists cannot
 * be found out by asking: the answer comes before anything is looked up.
 */
public final class PasswordResets {
    private static final Duration GOOD_FOR = Duration.ofMinutes(20);
    /** More requests add nothing until these expire, so that a flood neither fills a mailbox nor ends a code in use. */
    private static final int MOST_OUTSTANDING = 3;

    private static final int CODE_BYTES = 24;
    private static final int MOST_AT_ONCE = 16;
    private static final Logger LOG = LoggerFactory.getLogger(PasswordResets.class);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final OneTimeCodeRepository codes;
    private final ApiKeyRepository keys;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final OneTimeCodes delivery;
    private final Clock clock;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

    public PasswordResets(
            Transactions transactions,
            Authorizer authorizer,
            UserRepository users,
            OneTimeCodeRepository codes,
            ApiKeyRepository keys,
            Passwords passwords,
            LoginThrottle throttle,
            OneTimeCodes delivery,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.codes = codes;
        this.keys = keys;
        this.passwords = passwords;
        this.throttle = throttle;
        this.delivery = delivery;
        this.clock = clock;
    }

    /** A code with its end, for the one person who may have it. */
    record Issued(Secret code, Instant expires) {}

    /** Somebody asks for a code for an address. Returns at once, whatever becomes of it. */
    void request(Caller caller, String email) {
        throttle.beforeLogin(email, caller.origin().address());
        if (!slots.tryAcquire()) {
            return;
        }
        Thread.ofVirtual().name("one-time code").start(() -> {
            try {
                send(caller, email);
            } catch (RuntimeException e) {
                LOG.warn("a one-time code was not sent", e);
            } finally {
                slots.release();
            }
        });
    }

    private void send(Caller caller, String email) {
        Optional<Account> account = transactions
                .read(tx -> users.byEmailForLogin(tx, email))
                .filter(found -> found.loginType() == LoginType.PASSWORD && found.status() != UserStatus.SUSPENDED);
        if (account.isEmpty() || !delivery.canDeliver()) {
            transactions.record(caller, failed(AuditAction.REQUEST_PASSWORD_RESET, email, 404));
            return;
        }
        Account person = account.get();
        Secret code = Secret.random(CODE_BYTES);
        Instant now = clock.instant();
        boolean stored = transactions.change(caller, tx -> {
            if (codes.outstanding(tx, person.id(), now) >= MOST_OUTSTANDING) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            codes.insertAsked(tx, person.id(), Tokens.hash(code), now, now.plus(GOOD_FOR));
            return Changed.to(true, AuditEvent.done(AuditAction.REQUEST_PASSWORD_RESET, person));
        });
        if (stored) {
            delivery.deliver(
                    new OneTimeCodes.Recipient(person.id().value(), person.username(), person.name(), person.email()),
                    code,
                    now.plus(GOOD_FOR));
        }
    }

    /** A code for an administrator to hand over, where there is no mail. */
    Issued issue(Caller.User caller, UserId id) {
        Secret code = Secret.random(CODE_BYTES);
        Instant now = clock.instant();
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id);
            Account person = UserService.requireOverPerson(caller, users.get(tx, permit));
            UserService.requireNotSelf(caller, id, "Change your own password with the old one.");
            if (person.loginType() != LoginType.PASSWORD) {
                throw new Failure.Invalid("This account does not sign in with a password.");
            }
            codes.insert(tx, permit, Tokens.hash(code), now, now.plus(GOOD_FOR));
            return Changed.to(
                    new Issued(code, now.plus(GOOD_FOR)), AuditEvent.done(AuditAction.REQUEST_PASSWORD_RESET, person));
        });
    }

    /** Sets the password for which a code is good. A wrong code and an unknown address are answered alike. */
    void change(Caller caller, String email, Secret code, Secret password) {
        throttle.beforeLogin(email, caller.origin().address());
        byte[] hash = Tokens.hash(code);
        Account account = transactions
                .read(tx -> codes.find(tx, email, hash, clock.instant()).map(proof -> users.get(tx, proof)))
                .orElseThrow(() -> refused(caller, email));
        PasswordRules.problem(password, account.username(), account.email()).ifPresent(problem -> {
            throw new Failure.Invalid("Invalid password.", "password", problem);
        });
        Secret hashed = passwords.hash(password);
        boolean changed = transactions.change(caller, tx -> {
            Optional<OneTimeCodeRepository.Redeemed> proof = codes.redeem(tx, email, hash, clock.instant());
            if (proof.isEmpty()) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            Account before = users.get(tx, proof.get());
            Account after = users.updatePassword(tx, proof.get(), hashed, clock.instant());
            keys.endAll(tx, before.id(), "");
            return Changed.to(
                    true,
                    AuditEvent.updated(before, after).by(before.id().value()).with("one_time_passcode", "true"));
        });
        if (!changed) {
            throw refused(caller, email);
        }
        throttle.succeeded(email, caller.origin().address());
    }

    private Failure refused(Caller caller, String email) {
        throttle.failed(email, caller.origin().address());
        transactions.record(caller, failed(AuditAction.WRITE, email, 400));
        return new Failure.Invalid("Incorrect email or one-time passcode.");
    }

    private static AuditEvent failed(AuditAction action, String email, int status) {
        String shown = email.length() <= 254 ? email : email.substring(0, 254);
        return new AuditEvent(
                action, AuditedType.USER, null, shown, null, Map.of(), status, Map.of("email", shown), null);
    }
}
