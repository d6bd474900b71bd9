package dev.cloister.server.workspace;

import dev.cloister.provisioner.Engine;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobReaper;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the host and the database back together after a start of the server: jobs of a dead server go back into the
 * queue, workspaces that should run do, and nothing else does. Run before the first job is taken.
 */
public final class BuildRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(BuildRecovery.class);

    private final Transactions transactions;
    private final WorkspaceRepository workspaces;
    private final JobReaper reaper;
    private final Engine engine;

    public BuildRecovery(Transactions transactions, WorkspaceRepository workspaces, JobReaper reaper, Engine engine) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.reaper = reaper;
        this.engine = engine;
    }

    /** @param alone whether no other server shares the database, so that every lease in it is a dead one */
    public void run(boolean alone) {
        int lost = reaper.reap(alone);
        List<UUID> expected = transactions.read(workspaces::shouldRun);
        List<UUID> underWay = transactions.read(workspaces::underWay);
        LOG.info("{} unfinished jobs were found, {} workspaces should be running", lost, expected.size());
        engine.reconcile(expected, underWay);
    }
}
