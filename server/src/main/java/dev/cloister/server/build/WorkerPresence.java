package dev.cloister.server.build;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the workers of this server in lists for as long as it lives. */
final class WorkerPresence implements AutoCloseable {
    private static final Duration PAUSE = ProvisionerDaemonRepository.STALE.dividedBy(4);
    private static final Logger LOG = LoggerFactory.getLogger(WorkerPresence.class);

    private final Transactions transactions;
    private final ProvisionerDaemonRepository daemons;
    private final List<UUID> workers;
    private volatile @Nullable Thread thread;

    WorkerPresence(Transactions transactions, ProvisionerDaemonRepository daemons, int workers) {
        this.transactions = transactions;
        this.daemons = daemons;
        this.workers = Stream.generate(UUID::randomUUID).limit(workers).toList();
    }

    List<UUID> workers() {
        return workers;
    }

    void start(String version) {
        if (workers.isEmpty()) {
            return;
        }
        String server = workers.getFirst().toString().substring(0, 8);
        quietly(tx -> {
            daemons.forget(tx);
            IntStream.range(0, workers.size())
                    .forEach(i -> daemons.register(tx, workers.get(i), "embedded-" + server + "-" + (i + 1), version));
        });
        thread = Thread.ofVirtual().name("provisioner-presence").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                quietly(tx -> daemons.seen(tx, workers));
            }
        } catch (InterruptedException e) {
            LOG.debug("the workers of this server are not shown any more");
        }
    }

    /** Lists may be wrong for a while; jobs must go on. */
    private void quietly(Consumer<WriteTx> write) {
        try {
            transactions.change(new Caller.Job("provisioner", Set.of(), Origin.internal()), tx -> {
                write.accept(tx);
                return Changed.unaudited(true, Unaudited.BUILD_REPORT);
            });
        } catch (Failure.Unavailable e) {
            LOG.debug("no database just now");
        } catch (RuntimeException e) {
            LOG.warn("the workers of this server cannot be shown", e);
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            quietly(tx -> daemons.left(tx, workers));
        }
    }
}
