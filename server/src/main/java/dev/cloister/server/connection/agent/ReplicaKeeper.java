package dev.cloister.server.connection.agent;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every {@link #INTERVAL} that this server process lives, and cleans up after those that no longer do: what a dead
 * process held counts as ended {@link #PATIENCE} after its last sign of life.
 */
public final class ReplicaKeeper implements AutoCloseable {
    public static final Duration INTERVAL = Duration.ofSeconds(15);
    public static final Duration PATIENCE = Duration.ofSeconds(45);

    private static final Caller.Job JOB = new Caller.Job("server heartbeat", Set.of(), Origin.internal());
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaKeeper.class);

    private final Transactions transactions;
    private final ReplicaRepository repository;
    private final AgentPresenceRepository presence;
    private final Replica replica;
    private final Clock clock;
    private final List<Runnable> duties;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param duties what else is to be done every {@link #INTERVAL}, after the dead processes are forgotten */
    public ReplicaKeeper(
            Transactions transactions,
            ReplicaRepository repository,
            AgentPresenceRepository presence,
            Replica replica,
            Clock clock,
            List<Runnable> duties) {
        this.transactions = transactions;
        this.repository = repository;
        this.presence = presence;
        this.replica = replica;
        this.clock = clock;
        this.duties = List.copyOf(duties);
    }

    /** Does it once now, which must succeed before the first agent connects, and then every {@link #INTERVAL}. */
    public void start() {
        beat();
        Thread.ofVirtual().name("server-heartbeat").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                attempt(this::beat);
                duties.forEach(this::attempt);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Runnable duty) {
        try {
            duty.run();
        } catch (RuntimeException e) {
            LOG.warn("a regular duty of the server failed and is tried again soon: {}", e.getMessage());
        }
    }

    private void beat() {
        transactions.change(JOB, tx -> {
            repository.seen(tx, replica, clock.instant());
            repository.forget(tx, clock.instant().minus(PATIENCE));
            disconnectOrphans(tx);
            return Changed.unaudited(replica, Unaudited.AGENT_REPORT);
        });
    }

    private void disconnectOrphans(WriteTx tx) {
        for (UUID workspace : presence.disconnectOrphans(tx, clock.instant())) {
            tx.announce(Topics.WORKSPACE_CHANGED, workspace.toString());
        }
    }

    /** Ends properly: what is held here counts as ended at once. */
    @Override
    public void close() {
        closed.countDown();
        attempt(() -> transactions.change(JOB, tx -> {
            repository.leave(tx, replica);
            disconnectOrphans(tx);
            return Changed.unaudited(replica, Unaudited.AGENT_REPORT);
        }));
    }
}
