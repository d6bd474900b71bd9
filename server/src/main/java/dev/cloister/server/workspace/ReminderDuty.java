package dev.cloister.server.workspace;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.time.Clock;
import java.time.Instant;

/** Tells owners that a workspace is going to stop, as long before as their template says. */
final class ReminderDuty implements Duty {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final DueRepository dues;
    private final WorkspaceNotices told;
    private final Clock clock;
    private final Caller.Job caller =
            new Caller.Job("autostop reminder", BuildDuty.rights(Action.UPDATE), Origin.internal());

    ReminderDuty(
            Transactions transactions,
            Authorizer authorizer,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            DueRepository dues,
            WorkspaceNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.workspaces = workspaces;
        this.builds = builds;
        this.dues = dues;
        this.told = told;
        this.clock = clock;
    }

    @Override
    public Due due() {
        return Due.REMINDER;
    }

    @Override
    public Caller.Job caller() {
        return caller;
    }

    @Override
    public void act(WorkspaceId id) {
        Instant now = clock.instant();
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Workspace workspace = workspaces.lock(tx, permit);
            if (!dues.isStill(tx, permit, Due.REMINDER, now)) {
                return Changed.unaudited(id, Unaudited.NO_CHANGE);
            }
            Instant stops = builds.stop(tx, builds.latest(tx, permit).build()).at();
            if (stops != null) {
                told.stopsSoon(tx, workspace, stops);
            }
            return Changed.unaudited(id, Unaudited.NOTIFICATION_DELIVERY);
        });
    }
}
