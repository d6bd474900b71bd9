package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceBuildTimings;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.ReadTx;

/** Tells where the time of builds went. */
final class BuildTimings {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final WorkspaceBuildRepository builds;
    private final TimingRepository timings;

    BuildTimings(
            Transactions transactions,
            Authorizer authorizer,
            WorkspaceBuildRepository builds,
            TimingRepository timings) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.builds = builds;
        this.timings = timings;
    }

    WorkspaceBuildTimings of(Caller caller, WorkspaceBuildId id) {
        return transactions.read(tx -> of(tx, builds.get(tx, authorizer.require(tx, caller, Action.READ, id))));
    }

    /** Of the latest build. */
    WorkspaceBuildTimings ofLatest(Caller caller, WorkspaceId id) {
        return transactions.read(tx -> of(
                tx,
                builds.latest(tx, authorizer.require(tx, caller, Action.READ, id))
                        .build()));
    }

    private WorkspaceBuildTimings of(ReadTx tx, WorkspaceBuild build) {
        return new WorkspaceBuildTimings(
                timings.provisioner(tx, build), timings.scripts(tx, build), timings.connections(tx, build));
    }
}
