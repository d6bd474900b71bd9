package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.AllowList;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Scope;
import dev.cloister.server.access.ScopeNames;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Tokens for scripts: scoped, named, with an end; shown once. */
public final class TokenService {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+([-_.][a-zA-Z0-9]+)*");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final ApiKeyRepository keys;
    private final SessionSettings settings;
    private final Clock clock;

    public TokenService(
            Transactions transactions,
            Authorizer authorizer,
            ApiKeyRepository keys,
            SessionSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.keys = keys;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What a new token is to be.
     *
     * @param lifetime zero for the usual one
     */
    record NewToken(String name, Duration lifetime, List<String> scopes, AllowList allowed, boolean isSession) {}

    Secret create(Caller caller, UserId owner, NewToken wanted) {
        Duration lifetime = lifetime(caller, owner, wanted);
        requireScopes(caller, wanted);
        String name = wanted.name().isEmpty() ? "token-" + Tokens.generate().id() : wanted.name();
        if (name.length() > 64 || !NAME.matcher(name).matches()) {
            throw new Failure.Invalid(
                    "Failed to validate create API key request.",
                    "token_name",
                    "Must have 1 to 64 letters, digits and single . _ - between them.");
        }
        try {
            return store(caller, owner, wanted, name, lifetime);
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict(
                        "A token with name \"" + name + "\" already exists.",
                        List.of(new ValidationError("token_name", "This name is already in use.")));
            }
            throw e;
        }
    }

    private Duration lifetime(Caller caller, UserId owner, NewToken wanted) {
        ApiKeyRepository.Holder holder = holder(caller, owner, Action.CREATE);
        if (wanted.isSession()) {
            if (holder.isServiceAccount()) {
                throw new Failure.Invalid("A service account has no sessions. Make a token for it.");
            }
            return settings.session();
        }
        Duration longest = settings.longestToken(holder.isOwner());
        if (wanted.lifetime().isZero()) {
            return settings.usualToken().compareTo(longest) > 0 ? longest : settings.usualToken();
        }
        if (wanted.lifetime().toSeconds() < 1 || wanted.lifetime().compareTo(longest) > 0) {
            throw new Failure.Invalid(
                    "Failed to validate create API key request.",
                    "lifetime",
                    "Must be at least a second and at most " + longest.toHours() + " hours.");
        }
        return wanted.lifetime();
    }

    /** The longest life of a token of this person. */
    Duration longest(Caller caller, UserId owner) {
        return settings.longestToken(holder(caller, owner, Action.READ).isOwner());
    }

    private ApiKeyRepository.Holder holder(Caller caller, UserId owner, Action use) {
        var permit = authorizer.requireOwned(caller, use, ResourceType.API_KEY, null, owner.value());
        return transactions.read(tx -> keys.holder(tx, permit, use)).orElseThrow(Failure.NotFound::new);
    }

    /** A token can be given no more than the credential that asks for it has. */
    private static void requireScopes(Caller caller, NewToken wanted) {
        List<String> offered = ScopeNames.requestable();
        if (wanted.scopes().isEmpty() || wanted.scopes().size() > 100 || !offered.containsAll(wanted.scopes())) {
            throw new Failure.Invalid(
                    "Failed to validate create API key request.", "scopes", "Names a scope that is not offered.");
        }
        Scope scope = Scope.parse(wanted.scopes(), wanted.allowed()).orElseThrow();
        if (caller instanceof Caller.User user && !user.subject().scope().includes(scope)) {
            throw new Failure.Forbidden("A token cannot make another with more rights than its own.");
        }
    }

    private Secret store(Caller caller, UserId owner, NewToken wanted, String name, Duration lifetime) {
        return transactions.change(caller, tx -> {
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.CREATE, ResourceType.API_KEY, null, owner.value());
            Instant now = clock.instant();
            var halves = Tokens.generate();
            var key = new ApiKeyRecord(
                    halves.id(),
                    SessionService.hashed(halves),
                    owner,
                    wanted.isSession() ? LoginType.PASSWORD : LoginType.TOKEN,
                    wanted.isSession() ? "" : name,
                    wanted.scopes(),
                    AllowLists.stored(wanted.allowed()),
                    lifetime.toSeconds(),
                    caller.origin().address(),
                    caller.origin().userAgent(),
                    now,
                    now,
                    now,
                    now.plus(lifetime));
            keys.insert(tx, permit, key);
            return Changed.to(halves.token(), AuditEvent.created(key));
        });
    }

    /** A session like the caller's own, for a command line: nothing but a full session may ask for it. */
    Secret createSession(Caller caller, UserId owner) {
        return create(caller, owner, new NewToken("", Duration.ZERO, List.of("coder:all"), AllowList.EVERYTHING, true));
    }

    /** Which part of a list. */
    record Page(boolean expiredToo, int limit, int offset) {}

    /** The tokens of one person. */
    List<ApiKeyRepository.Listed> list(Caller caller, UserId owner, Page page) {
        return transactions.read(tx -> keys.list(tx, read(caller, owner), wanted("token", page)));
    }

    /** The tokens of everybody whose tokens the caller may see. */
    List<ApiKeyRepository.Listed> listAll(Caller caller, Page page) {
        var visibility = authorizer.visible(caller, ResourceType.API_KEY, ApiKeyRepository.columns());
        return transactions.read(tx -> keys.list(tx, visibility, wanted("token", page)));
    }

    /** The sessions of one person. */
    List<ApiKeyRepository.Listed> sessions(Caller caller, UserId owner, Page page) {
        return transactions.read(tx -> keys.list(tx, read(caller, owner), wanted("password", page)));
    }

    private ApiKeyRepository.Wanted wanted(String kind, Page page) {
        return new ApiKeyRepository.Wanted(kind, page.expiredToo(), clock.instant(), page.limit(), page.offset());
    }

    /** Ends a session or token at once, but leaves it in the list. */
    void expire(Caller caller, UserId owner, String idOrName) {
        transactions.change(caller, tx -> {
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.UPDATE, ResourceType.API_KEY, null, owner.value());
            ApiKeyRecord before = find(tx, permit, Action.UPDATE, idOrName);
            Instant now = clock.instant();
            if (!before.expiresAt().isAfter(now)) {
                return Changed.unaudited(before, Unaudited.NO_CHANGE);
            }
            ApiKeyRecord after = keys.expire(tx, permit, before.id(), now);
            tx.announce(Topics.CREDENTIAL_ENDED, before.id());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    ApiKeyRecord get(Caller caller, UserId owner, String idOrName) {
        return transactions.read(tx -> find(tx, read(caller, owner), Action.READ, idOrName));
    }

    private OwnedPermit read(Caller caller, UserId owner) {
        return authorizer.requireOwned(caller, Action.READ, ResourceType.API_KEY, null, owner.value());
    }

    private ApiKeyRecord find(ReadTx tx, OwnedPermit permit, Action use, String idOrName) {
        Optional<ApiKeyRecord> found = keys.find(tx, permit, use, idOrName);
        return found.orElseThrow(Failure.NotFound::new);
    }

    /** Ends a session or token at once, with every connection that it opened. */
    UUID delete(Caller caller, UserId owner, String idOrName) {
        return transactions.change(caller, tx -> {
            OwnedPermit permit =
                    authorizer.requireOwned(caller, Action.DELETE, ResourceType.API_KEY, null, owner.value());
            ApiKeyRecord key = find(tx, permit, Action.DELETE, idOrName);
            keys.delete(tx, permit, key.id());
            tx.announce(Topics.CREDENTIAL_ENDED, key.id());
            return Changed.to(owner.value(), AuditEvent.deleted(key));
        });
    }
}
