package dev.cloister.server.workspace;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Instant;

/** Puts workspaces to sleep that nobody has used for as long as their template allows. */
final class SleepDuty implements Duty {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final WorkspaceRepository workspaces;
    private final DueRepository dues;
    private final WorkspaceScheduleService service;
    private final WorkspaceNotices told;
    private final Clock clock;
    private final Caller.Job caller = new Caller.Job("dormancy", BuildDuty.rights(Action.UPDATE), Origin.internal());

    SleepDuty(
            Transactions transactions,
            Authorizer authorizer,
            WorkspaceRepository workspaces,
            DueRepository dues,
            WorkspaceScheduleService service,
            WorkspaceNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.workspaces = workspaces;
        this.dues = dues;
        this.service = service;
        this.told = told;
        this.clock = clock;
    }

    @Override
    public Due due() {
        return Due.SLEEP;
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
            Workspace before = workspaces.lock(tx, permit);
            if (!dues.isStill(tx, permit, Due.SLEEP, now)) {
                return Changed.unaudited(id, Unaudited.NO_CHANGE);
            }
            Workspace after = service.asleep(tx, before, now);
            workspaces.update(tx, permit, after, now);
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            tx.announce(Topics.WORKSPACE_ENDING, id.value().toString());
            told.dormant(tx, caller, after);
            return Changed.to(id, AuditEvent.updated(before, after));
        });
    }
}
