package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Difference;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signing in and out, and finding out who a token belongs to. */
public final class SessionService {
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final UserRepository users;
    private final ApiKeyRepository keys;
    private final KnownCredentials credentials;
    private final CredentialUses uses;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final SessionSettings settings;
    private final Clock clock;

    public SessionService(
            Transactions transactions,
            UserRepository users,
            ApiKeyRepository keys,
            KnownCredentials credentials,
            CredentialUses uses,
            Passwords passwords,
            LoginThrottle throttle,
            SessionSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.users = users;
        this.keys = keys;
        this.credentials = credentials;
        this.uses = uses;
        this.passwords = passwords;
        this.throttle = throttle;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Signs a person in with their password. The answer to a wrong name, a wrong password and a suspended account is
     * the same and takes as long; all of them are on the audit log.
     */
    Secret login(Caller caller, String email, Secret password) {
        throttle.beforeLogin(email, caller.origin().address());
        Optional<Account> account = transactions.read(tx -> users.byEmailForLogin(tx, email));
        boolean right;
        if (account.isPresent() && account.get().loginType() == LoginType.PASSWORD) {
            right = passwords.matches(password, account.get().hashedPassword());
        } else {
            passwords.wasteTime(password);
            right = false;
        }
        if (!right || account.get().status() == UserStatus.SUSPENDED) {
            throttle.failed(email, caller.origin().address());
            transactions.record(caller, failedLogin(account, email));
            throw new Failure.Unauthenticated("Incorrect email or password.");
        }
        throttle.succeeded(email, caller.origin().address());
        return transactions.change(caller, tx -> {
            var halves = Tokens.generate();
            ApiKeyRecord key = open(tx, account.get().id(), halves, caller.origin());
            var events = new ArrayList<AuditEvent>();
            events.add(loginEvent(account.get(), key));
            users.wake(tx, account.get().id(), clock.instant()).ifPresent(awake -> events.add(woken(awake)));
            return Changed.to(halves.token(), events);
        });
    }

    private static AuditEvent woken(Account awake) {
        return AuditEvent.updated(awake.withStatus(UserStatus.DORMANT), awake)
                .by(awake.id().value());
    }

    private static AuditEvent loginEvent(Account account, ApiKeyRecord key) {
        return new AuditEvent(
                AuditAction.LOGIN,
                AuditedType.API_KEY,
                account.id().value(),
                account.username(),
                null,
                Difference.created(key),
                201,
                Map.of(),
                account.id().value());
    }

    private static AuditEvent failedLogin(Optional<Account> account, String email) {
        String shown = email.length() <= 254 ? email : email.substring(0, 254);
        return new AuditEvent(
                AuditAction.LOGIN,
                AuditedType.API_KEY,
                account.map(found -> found.id().value()).orElse(null),
                account.map(Account::username).orElse(shown),
                null,
                Map.of(),
                401,
                Map.of("email", shown),
                account.map(found -> found.id().value()).orElse(null));
    }

    /** Opens a session for somebody whose identity was just proven, in the transaction that proved it. */
    ApiKeyRecord open(WriteTx tx, UserId user, Tokens.Halves halves, Origin origin) {
        Instant now = clock.instant();
        var key = new ApiKeyRecord(
                halves.id(),
                hashed(halves),
                user,
                LoginType.PASSWORD,
                "",
                List.of("coder:all"),
                List.of(),
                settings.session().toSeconds(),
                origin.address(),
                origin.userAgent(),
                now,
                now,
                now,
                now.plus(settings.session()));
        keys.insertSession(tx, key);
        return key;
    }

    static Secret hashed(Tokens.Halves halves) {
        return Secret.of(Base64.getEncoder().encodeToString(Tokens.hash(halves.secret())));
    }

    /** Ends the session that makes this call. */
    void logout(Caller.User caller) {
        transactions.change(caller, tx -> {
            Optional<ApiKeyRecord> ended = keys.deleteOwn(tx, caller.credentialId());
            tx.announce(Topics.CREDENTIAL_ENDED, caller.credentialId());
            return ended.isEmpty()
                    ? Changed.unaudited(ended, Unaudited.NO_CHANGE)
                    : Changed.to(
                            ended,
                            new AuditEvent(
                                    AuditAction.LOGOUT,
                                    AuditedType.API_KEY,
                                    caller.subject().id(),
                                    caller.subject().username(),
                                    null,
                                    Difference.deleted(ended.get()),
                                    200,
                                    Map.of(),
                                    null));
        });
    }

    /** Who a token belongs to, empty where it is not valid now. */
    public Optional<Caller.User> authenticate(Secret token, Origin origin) {
        return Tokens.split(token).flatMap(halves -> authenticate(halves, origin));
    }

    /**
     * The holder of a credential that was proven before, as they are now; empty where the credential has ended since.
     * Counts as a use, so that a session does not end under somebody who works through a connection that it opened.
     */
    public Optional<Caller.User> again(String credentialId, Origin origin) {
        return credentials.read(credentialId).flatMap(found -> usable(credentialId, found, origin));
    }

    private Optional<Caller.User> authenticate(Tokens.Halves halves, Origin origin) {
        return credentials
                .find(halves.id())
                .filter(found -> MessageDigest.isEqual(found.credential().hashedSecret(), Tokens.hash(halves.secret())))
                .flatMap(found -> usable(halves.id(), found, origin));
    }

    private Optional<Caller.User> usable(String id, KnownCredentials.Known known, Origin origin) {
        Instant now = clock.instant();
        var found = known.credential();
        if (!now.isBefore(found.expiresAt()) || found.status().equals("suspended")) {
            return Optional.empty();
        }
        var caller = new Caller.User(known.subject(), id, origin);
        if (found.status().equals("dormant")) {
            wake(caller, now);
        }
        if (Duration.between(found.lastUsed(), now).compareTo(NOTED_EVERY) > 0) {
            uses.note(new CredentialUses.Use(id, known.subject().id(), now, found.expiresAt(), renewed(found, now)));
        }
        return Optional.of(caller);
    }

    private Instant renewed(CredentialRepository.Found found, Instant now) {
        if (!found.isSession()) {
            return found.expiresAt();
        }
        Instant renewed = now.plusSeconds(found.lifetimeSeconds());
        Instant last = found.createdAt().plus(settings.maximum());
        return renewed.isBefore(last) ? renewed : last;
    }

    private void wake(Caller.User caller, Instant now) {
        transactions.change(
                caller,
                tx -> users.wake(tx, new UserId(caller.subject().id()), now)
                        .map(awake -> Changed.to(awake.id(), woken(awake)))
                        .orElseGet(() ->
                                Changed.unaudited(new UserId(caller.subject().id()), Unaudited.NO_CHANGE)));
    }
}
