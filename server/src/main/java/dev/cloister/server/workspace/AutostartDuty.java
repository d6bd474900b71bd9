package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.TemplateUse;
import dev.cloister.server.template.UsableVersion;
import dev.cloister.server.workspace.schedule.TemplateSchedule;
import dev.cloister.server.workspace.schedule.WeeklySchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts workspaces when their schedule comes round, or lets the time pass where they run already, sleep, or may not
 * start on such a day. A time that was missed by long, because the server was down or the owner suspended, is not made
 * up.
 */
final class AutostartDuty implements Duty {
    private static final Duration MAKE_UP = Duration.ofHours(2);
    private static final Logger LOG = LoggerFactory.getLogger(AutostartDuty.class);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final DueRepository dues;
    private final TemplateUse templates;
    private final TimeRules rules;
    private final AutomaticBuilds automatic;
    private final WorkspaceNotices told;
    private final Clock clock;
    private final Caller.Job caller = new Caller.Job("autostart", BuildDuty.rights(Action.START), Origin.internal());

    AutostartDuty(
            Transactions transactions,
            Authorizer authorizer,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            DueRepository dues,
            TemplateUse templates,
            TimeRules rules,
            AutomaticBuilds automatic,
            WorkspaceNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.workspaces = workspaces;
        this.builds = builds;
        this.dues = dues;
        this.templates = templates;
        this.rules = rules;
        this.automatic = automatic;
        this.told = told;
        this.clock = clock;
    }

    @Override
    public Due due() {
        return Due.START;
    }

    @Override
    public Caller.Job caller() {
        return caller;
    }

    @Override
    public void act(WorkspaceId id) {
        Instant now = clock.instant();
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.START, id);
            Workspace workspace = workspaces.lock(tx, permit);
            if (!dues.isStill(tx, permit, Due.START, now)) {
                return Changed.unaudited(id, Unaudited.NO_CHANGE);
            }
            Optional<AuditEvent> started = start(tx, permit, workspace, now);
            workspaces.setNextStart(
                    tx, permit, TimeRules.nextStart(workspace, now).orElse(null));
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            return started.map(event -> Changed.to(id, event))
                    .orElseGet(() -> Changed.unaudited(id, Unaudited.NO_CHANGE));
        });
    }

    private Optional<AuditEvent> start(WriteTx tx, Permit<WorkspaceId> permit, Workspace workspace, Instant now) {
        TemplateSchedule rule = rules.of(tx, workspace.templateId());
        var latest = builds.latest(tx, permit);
        Instant due = Objects.requireNonNull(workspace.nextStartAt());
        boolean stopped = latest.succeeded() && latest.build().transition() == WorkspaceTransition.STOP;
        boolean wanted = stopped
                && workspace.dormantAt() == null
                && rule.mayStartOn(WeeklySchedule.stored(Objects.requireNonNull(workspace.autostartSchedule()))
                        .dayAt(due))
                && due.plus(MAKE_UP).isAfter(now)
                && workspaces.ownerIsActive(tx, permit);
        return wanted ? enqueue(tx, permit, workspace, rule, latest.build()) : Optional.empty();
    }

    private Optional<AuditEvent> enqueue(
            WriteTx tx, Permit<WorkspaceId> permit, Workspace workspace, TemplateSchedule rule, WorkspaceBuild latest) {
        boolean follow = rule.requireActiveVersion() || workspace.automaticUpdates() == AutomaticUpdates.ALWAYS;
        UsableVersion version = templates.kept(
                tx, follow ? rules.activeVersion(tx, workspace.templateId()) : latest.templateVersionId());
        try {
            var parameters = ParameterChoice.values(version.parameters(), builds.parameters(tx, latest), List.of());
            AuditEvent event = automatic.enqueue(
                    tx,
                    permit,
                    workspace,
                    latest,
                    version,
                    WorkspaceTransition.START,
                    BuildReason.AUTOSTART,
                    parameters);
            if (!version.version().equals(latest.templateVersionId())) {
                told.updatedAutomatically(tx, workspace, version.version());
            }
            return Optional.of(event);
        } catch (Failure.Invalid e) {
            LOG.warn(
                    "workspace {} is not started by its schedule: {}",
                    workspace.id().value(),
                    e.validations());
            return Optional.empty();
        }
    }
}
