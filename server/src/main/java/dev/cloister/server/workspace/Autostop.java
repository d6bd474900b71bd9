package dev.cloister.server.workspace;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops workspaces whose time is over. Every server looks; the row's lock lets one of them act. */
final class Autostop implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(Autostop.class);

    private final Transactions transactions;
    private final WorkspaceBuildRepository builds;
    private final WorkspaceBuildService service;
    private final Clock clock;
    private volatile @Nullable Thread thread;

    Autostop(Transactions transactions, WorkspaceBuildRepository builds, WorkspaceBuildService service, Clock clock) {
        this.transactions = transactions;
        this.builds = builds;
        this.service = service;
        this.clock = clock;
    }

    void start() {
        thread = Thread.ofVirtual().name("autostop").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_AGAIN);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("autostop ends");
        }
    }

    /** One look. */
    void look() {
        try {
            var caller = new Caller.Job(
                    "autostop", Set.of(new Caller.Right(ResourceType.WORKSPACE, Action.STOP)), Origin.internal());
            List<WorkspaceId> due = transactions.read(tx -> builds.overdue(tx, clock.instant()));
            due.forEach(id -> service.stopOverdue(caller, id));
        } catch (Failure.Unavailable e) {
            LOG.debug("no database just now");
        } catch (RuntimeException e) {
            LOG.error("looking for workspaces to stop failed", e);
        }
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
