package dev.cloister.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cloister.server.access.Scope;
import dev.cloister.server.access.Subject;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.Freshness;
import java.time.Duration;
import java.util.Optional;

/**
 * Credentials with what they stand for, remembered for a second: a busy client does not have its rights read anew with
 * each request. Any change of credentials or rights makes all of it forgotten, before the change is answered on this
 * server and when the database tells of it on the others; a change that nobody told of is in force within the second.
 */
final class KnownCredentials {
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final Transactions transactions;
    private final CredentialRepository repository;
    private final Freshness freshness;
    private final Cache<String, Entry> entries =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    KnownCredentials(Transactions transactions, CredentialRepository repository, Freshness freshness) {
        this.transactions = transactions;
        this.repository = repository;
        this.freshness = freshness;
    }

    /** A credential, and its holder with what it leaves of their rights. */
    record Known(CredentialRepository.Found credential, Subject subject) {}

    /**
     * @param mark taken before the rows were read, so that a change during the reading counts
     * @param readAt by {@link System#nanoTime}
     */
    private record Entry(Known known, long mark, long readAt) {}

    /** The credential as it was at most a second ago; empty where there is none, or it stands for nothing. */
    Optional<Known> find(String id) {
        Entry entry = entries.getIfPresent(id);
        if (entry != null && freshness.holds(entry.mark()) && System.nanoTime() - entry.readAt() < KEPT.toNanos()) {
            return Optional.of(entry.known());
        }
        long readAt = System.nanoTime();
        long mark = freshness.mark();
        Optional<Known> known = read(id);
        if (mark != Freshness.NEVER) {
            known.ifPresent(found -> entries.put(id, new Entry(found, mark, readAt)));
        }
        return known;
    }

    /** The credential as it is now. */
    Optional<Known> read(String id) {
        return transactions.read(tx -> repository.find(tx, id)).flatMap(KnownCredentials::known);
    }

    private static Optional<Known> known(CredentialRepository.Found found) {
        Optional<Scope> scope =
                AllowLists.parse(found.allowList()).flatMap(allowed -> Scope.parse(found.scopes(), allowed));
        return scope.map(narrowed -> new Known(found, new Subject(found.assignments(), narrowed)));
    }
}
