package dev.cloister.server.connection.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a person's session of the platform to one app host and no further. The platform hands the browser a code for
 * that host; the host takes it once, from the browser that asked for it, and gives a cookie for it.
 */
public final class AppSignIn {
    private static final Duration CODE_LIFE = Duration.ofSeconds(60);
    private static final Duration SESSION_LIFE = Duration.ofDays(7);
    private static final int SECRET_BYTES = 32;
    private static final Caller.Job JOB = new Caller.Job("app sign-in", Set.of(), Origin.internal());

    private final Transactions transactions;
    private final AppCredentialRepository repository;
    private final Clock clock;
    private final Cache<String, String> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    public AppSignIn(Transactions transactions, AppCredentialRepository repository, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.clock = clock;
    }

    /** What ties a code to the browser that asked for it: a hash of a secret that only that browser has. */
    static String challenge(Secret state) {
        return HexFormat.of().formatHex(hash("state", state.reveal(), ""));
    }

    /** A code for a person on one app host, to be used within a minute by the browser of the challenge. */
    Secret code(Caller.User caller, String host, String challenge) {
        Secret code = Secret.random(SECRET_BYTES);
        Instant now = clock.instant();
        return transactions.change(caller, tx -> {
            repository.deleteExpired(tx, now);
            repository.insert(
                    tx,
                    AppCredentialRepository.Kind.CODE,
                    hash("code", code.reveal(), challenge),
                    host,
                    caller.credentialId(),
                    now,
                    now.plus(CODE_LIFE));
            return Changed.unaudited(code, Unaudited.SESSION_USE);
        });
    }

    /** The cookie for a code, empty where the code is not good here, or not any more, or not for this browser. */
    Optional<Secret> exchange(Secret code, String host, Secret state) {
        Secret cookie = Secret.random(SECRET_BYTES);
        Instant now = clock.instant();
        return transactions.change(JOB, tx -> {
            Optional<String> credential =
                    repository.spendCode(tx, hash("code", code.reveal(), challenge(state)), host, now);
            credential.ifPresent(id -> repository.insert(
                    tx,
                    AppCredentialRepository.Kind.SESSION,
                    hash("session", cookie.reveal(), ""),
                    host,
                    id,
                    now,
                    now.plus(SESSION_LIFE)));
            return Changed.unaudited(credential.map(found -> cookie), Unaudited.SESSION_USE);
        });
    }

    /**
     * The credential that a cookie stands for on this host. It is remembered for a minute; whether the credential is
     * still good is asked for itself.
     */
    Optional<String> credential(Secret cookie, String host) {
        byte[] hash = hash("session", cookie.reveal(), "");
        String key = HexFormat.of().formatHex(hash) + " " + host;
        String known = remembered.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> found = transactions.read(tx -> repository.session(tx, hash, host, clock.instant()));
        found.ifPresent(credential -> remembered.put(key, credential));
        return found;
    }

    /** Each kind of secret is hashed in its own way, so that none passes for another. */
    private static byte[] hash(String kind, String secret, String bound) {
        return Sha256.of("cloister-app-" + kind + "\0" + secret + "\0" + bound);
    }
}
