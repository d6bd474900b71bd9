package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.ResolveAutostartResponse;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.TemplateUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes when a workspace starts, stops and sleeps. */
public final class WorkspaceScheduleService {
    private static final Duration SHORTEST_EXTENSION = Duration.ofMinutes(30);
    private static final Duration LONGEST_EXTENSION = Duration.ofDays(30);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateUse templates;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final TimeRules rules;
    private final WorkspaceViews views;
    private final WorkspaceNotices told;
    private final Clock clock;

    WorkspaceScheduleService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateUse templates,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            TimeRules rules,
            WorkspaceViews views,
            WorkspaceNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.workspaces = workspaces;
        this.builds = builds;
        this.rules = rules;
        this.views = views;
        this.told = told;
        this.clock = clock;
    }

    /**
     * After how long each start is to end; null or 0 for never. Holds from the next start, but what runs is no longer
     * stopped where there is nothing that asks for it.
     */
    void setTtl(Caller caller, WorkspaceId id, @Nullable Long ttl) {
        change(caller, id, (tx, permit, before) -> {
            var times = rules.chosen(rules.of(tx, before.templateId()), null, ttl, clock.instant());
            if (times.ttl() == null) {
                builds.clearDeadline(tx, permit);
            }
            return before.withTimes(new Workspace.Times(before.autostartSchedule(), before.nextStartAt(), times.ttl()));
        });
    }

    /** By which schedule it starts; null or empty for none. */
    void setAutostart(Caller caller, WorkspaceId id, @Nullable String schedule) {
        change(caller, id, (tx, permit, before) -> {
            var times = rules.chosen(rules.of(tx, before.templateId()), schedule, null, clock.instant());
            return before.withTimes(new Workspace.Times(times.autostartSchedule(), times.nextStartAt(), before.ttl()));
        });
    }

    void setAutomaticUpdates(Caller caller, WorkspaceId id, AutomaticUpdates updates) {
        change(caller, id, (tx, permit, before) -> before.withAutomaticUpdates(updates));
    }

    /**
     * Whether it is among its owner's favourites.
     *
     * @throws Failure.Forbidden for everybody else
     */
    void setFavorite(Caller.User caller, WorkspaceId id, boolean favorite) {
        change(caller, id, (tx, permit, before) -> {
            if (!before.ownerId().equals(caller.subject().id())) {
                throw new Failure.Forbidden("Only its owner makes a workspace a favourite.");
            }
            return before.withFavorite(favorite);
        });
    }

    /**
     * Puts a workspace to sleep, which ends its start at the next look, or wakes it.
     *
     * @return the workspace, empty where it slept or was awake already
     */
    Optional<dev.cloister.contract.api.Workspace> setDormant(Caller caller, WorkspaceId id, boolean dormant) {
        Instant now = clock.instant();
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Workspace before = workspaces.lock(tx, permit);
            WorkspaceViews.refuseDeleted(before);
            if ((before.dormantAt() != null) == dormant) {
                return Changed.unaudited(Optional.empty(), Unaudited.NO_CHANGE);
            }
            Workspace after = dormant ? asleep(tx, before, now) : awake(tx, permit, before, now);
            workspaces.update(tx, permit, after, now);
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            if (dormant) {
                tx.announce(Topics.WORKSPACE_ENDING, id.value().toString());
                told.dormant(tx, caller, after);
            }
            return Changed.to(Optional.of(views.view(tx, caller, id)), AuditEvent.updated(before, after));
        });
    }

    Workspace asleep(WriteTx tx, Workspace workspace, Instant now) {
        long untilDeleted = rules.of(tx, workspace.templateId()).timeTilDormantAutodelete();
        return workspace.withDormancy(now, untilDeleted > 0 ? now.plusMillis(untilDeleted) : null);
    }

    private Workspace awake(WriteTx tx, Permit<WorkspaceId> permit, Workspace workspace, Instant now) {
        workspaces.awake(tx, permit, now);
        return workspace
                .withDormancy(null, null)
                .withTimes(new Workspace.Times(
                        workspace.autostartSchedule(),
                        TimeRules.nextStart(workspace, now).orElse(null),
                        workspace.ttl()));
    }

    /** Puts off when a running workspace stops. */
    void extend(Caller caller, WorkspaceId id, Instant deadline) {
        Instant now = clock.instant();
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Workspace workspace = workspaces.lock(tx, permit);
            WorkspaceViews.refuseDeleted(workspace);
            var latest = builds.latest(tx, permit);
            var stop = builds.stop(tx, latest.build());
            boolean runs = latest.build().transition() == WorkspaceTransition.START && latest.succeeded();
            if (!runs) {
                throw new Failure.Conflict("The workspace is not running.");
            }
            if (stop.at() == null) {
                throw new Failure.Conflict("The workspace does not stop by itself.");
            }
            requireSensible(deadline, stop.latest(), now);
            builds.setDeadline(tx, permit, latest.build(), deadline, now);
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            return Changed.to(id, AuditEvent.done(AuditAction.WRITE, workspace).with("deadline", deadline.toString()));
        });
    }

    private static void requireSensible(Instant deadline, @Nullable Instant latest, Instant now) {
        if (deadline.isBefore(now.plus(SHORTEST_EXTENSION))) {
            throw new Failure.Invalid("Validation failed.", "deadline", "Must be at least 30 minutes in the future.");
        }
        if (deadline.isAfter(now.plus(LONGEST_EXTENSION))) {
            throw new Failure.Invalid("Validation failed.", "deadline", "Must be at most 30 days in the future.");
        }
        if (latest != null && deadline.isAfter(latest)) {
            throw new Failure.Invalid(
                    "Validation failed.", "deadline", "The template requires a stop at " + latest + ".");
        }
    }

    /** Whether the next start by schedule would need answers that nobody has given. */
    ResolveAutostartResponse resolveAutostart(Caller caller, WorkspaceId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            Workspace workspace = workspaces.get(tx, permit);
            WorkspaceViews.refuseDeleted(workspace);
            boolean changes = workspace.automaticUpdates() == AutomaticUpdates.ALWAYS
                    || rules.of(tx, workspace.templateId()).requireActiveVersion();
            if (workspace.autostartSchedule() == null || !changes) {
                return new ResolveAutostartResponse(false);
            }
            var answers = builds.parameters(tx, builds.latest(tx, permit).build());
            try {
                var active = templates.kept(tx, rules.activeVersion(tx, workspace.templateId()));
                ParameterChoice.values(active.parameters(), answers, List.of());
                return new ResolveAutostartResponse(false);
            } catch (Failure.Invalid e) {
                return new ResolveAutostartResponse(true);
            }
        });
    }

    @FunctionalInterface
    private interface Change {
        Workspace apply(WriteTx tx, Permit<WorkspaceId> permit, Workspace before);
    }

    private void change(Caller caller, WorkspaceId id, Change change) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Workspace before = workspaces.lock(tx, permit);
            WorkspaceViews.refuseDeleted(before);
            Workspace after = change.apply(tx, permit, before);
            workspaces.update(tx, permit, after, clock.instant());
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }
}
