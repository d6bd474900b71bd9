package dev.cloister.server.identity;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When credentials were used last, written together a moment later, so that no request waits for it. What a server that
 * dies has not written yet is noted again at the next use.
 */
final class CredentialUses {
    static final Caller.Right RIGHT = new Caller.Right(ResourceType.API_KEY, Action.UPDATE);

    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(CredentialUses.class);

    private final Transactions transactions;
    private final ApiKeyRepository keys;
    private final Map<String, Use> waiting = new ConcurrentHashMap<>();
    private final AtomicBoolean isDue = new AtomicBoolean();

    CredentialUses(Transactions transactions, ApiKeyRepository keys) {
        this.transactions = transactions;
        this.keys = keys;
    }

    /**
     * One use.
     *
     * @param ends when the credential ended as it was read
     * @param renewed when it ends now; left alone where somebody has ended it meanwhile
     */
    record Use(String id, UUID holder, Instant at, Instant ends, Instant renewed) {}

    /** Notes a use, to be written soon. */
    void note(Use use) {
        waiting.put(use.id(), use);
        if (isDue.compareAndSet(false, true)) {
            Thread.ofVirtual().name("credential-uses").start(this::writeLater);
        }
    }

    private void writeLater() {
        try {
            Thread.sleep(LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isDue.set(false);
        try {
            write();
        } catch (RuntimeException e) {
            LOG.warn("when credentials were used last could not be written: {}", e.getMessage());
        }
    }

    /** Writes what is noted; returns of how many credentials. */
    int write() {
        List<Use> uses = List.copyOf(waiting.values());
        uses.forEach(use -> waiting.remove(use.id(), use));
        if (uses.isEmpty()) {
            return 0;
        }
        var job = new Caller.Job("credential-uses", Set.of(RIGHT), Origin.internal());
        return transactions.change(job, tx -> {
            keys.used(tx, job, uses);
            return Changed.unaudited(uses.size(), Unaudited.SESSION_USE);
        });
    }
}
