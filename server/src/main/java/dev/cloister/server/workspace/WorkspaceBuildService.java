package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.TemplateUse;
import dev.cloister.server.template.TemplateVersionId;
import dev.cloister.server.template.UsableVersion;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Asks for starts, stops and deletions, one at a time for each workspace, and calls them off. */
public final class WorkspaceBuildService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateUse templates;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final WorkspaceViews views;
    private final JobQueue queue;
    private final Clock clock;

    public WorkspaceBuildService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateUse templates,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            WorkspaceViews views,
            JobQueue queue,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.workspaces = workspaces;
        this.builds = builds;
        this.views = views;
        this.queue = queue;
        this.clock = clock;
    }

    /** Asks for a build. The transition decides which right it takes. */
    dev.cloister.contract.api.WorkspaceBuild create(
            Caller.User caller, WorkspaceId id, CreateWorkspaceBuildRequest request) {
        requireOffered(request);
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, WorkspaceBuildRepository.action(request.transition()), id);
            Workspace workspace = workspaces.lock(tx, permit);
            WorkspaceViews.refuseDeleted(workspace);
            var latest = builds.latest(tx, permit);
            requireIdle(latest);
            var plan = plan(tx, caller, workspace, latest.build(), request);
            WorkspaceBuild build = plan.build(clock.instant());
            plan.enqueue(tx, queue, build);
            builds.insert(tx, permit, build, plan.parameters());
            return Changed.to(views.view(tx, caller, build.id()), build.requested());
        });
    }

    /**
     * Stops a workspace whose time is over, on behalf of its owner; nothing where it is not, or another build is under
     * way.
     */
    void stopOverdue(Caller.Job caller, WorkspaceId id) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.STOP, id);
            Workspace workspace = workspaces.lock(tx, permit);
            var latest = builds.latest(tx, permit);
            if (workspace.deleted() || !builds.isOverdue(tx, latest.build(), clock.instant())) {
                return Changed.unaudited(id, Unaudited.NO_CHANGE);
            }
            var plan = new BuildPlan(
                    workspace,
                    templates.kept(tx, latest.build().templateVersionId()),
                    latest.build().number() + 1,
                    WorkspaceTransition.STOP,
                    BuildReason.AUTOSTOP,
                    workspace.ownerId(),
                    builds.parameters(tx, latest.build()),
                    false,
                    false);
            WorkspaceBuild build = plan.build(clock.instant());
            plan.enqueue(tx, queue, build);
            builds.insert(tx, permit, build, plan.parameters());
            return Changed.to(id, build.requested());
        });
    }

    private static void requireIdle(WorkspaceBuildRepository.Latest latest) {
        if (!latest.over()) {
            throw new Failure.Conflict("A workspace build is already active. Wait for its end, or cancel it.");
        }
    }

    private static void requireOffered(CreateWorkspaceBuildRequest request) {
        if (request.dryRun()) {
            throw new Failure.NotOffered("This server does not offer dry runs of workspace builds.");
        }
        boolean start = request.transition() == WorkspaceTransition.START;
        if (!start && !request.richParameterValues().isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "rich_parameter_values", "Only a start takes parameters.");
        }
        if (!start && request.templateVersionId() != null) {
            throw new Failure.Invalid(
                    "Validation failed.", "template_version_id", "Only a start can change the version.");
        }
        if (request.orphan() && request.transition() != WorkspaceTransition.DELETE) {
            throw new Failure.Invalid("Validation failed.", "orphan", "Only a deletion can leave things behind.");
        }
        if (!request.logLevel().isEmpty() && !request.logLevel().equals("debug")) {
            throw new Failure.Invalid("Validation failed.", "log_level", "Must be debug or absent.");
        }
    }

    private BuildPlan plan(
            WriteTx tx,
            Caller.User caller,
            Workspace workspace,
            WorkspaceBuild latest,
            CreateWorkspaceBuildRequest request) {
        boolean debug = request.logLevel().equals("debug");
        if ((request.orphan() || debug) && !templates.mayChange(tx, caller, workspace.templateId())) {
            throw new Failure.Forbidden("Only who may change the template can leave things behind or debug builds.");
        }
        UsableVersion version = version(tx, caller, workspace, latest, request);
        Map<String, String> before = builds.parameters(tx, latest);
        return new BuildPlan(
                workspace,
                version,
                latest.number() + 1,
                request.transition(),
                Objects.requireNonNullElse(request.reason(), BuildReason.INITIATOR),
                caller.subject().id(),
                request.transition() == WorkspaceTransition.START
                        ? ParameterChoice.values(version.parameters(), before, request.richParameterValues())
                        : before,
                request.orphan(),
                debug);
    }

    /** A workspace keeps its version, for which its owner needs no right on the template, until a start changes it. */
    private UsableVersion version(
            WriteTx tx,
            Caller caller,
            Workspace workspace,
            WorkspaceBuild latest,
            CreateWorkspaceBuildRequest request) {
        UUID wanted = request.templateVersionId();
        if (wanted != null && !wanted.equals(latest.templateVersionId().value())) {
            return templates.choose(tx, caller, workspace.templateId(), Optional.of(new TemplateVersionId(wanted)));
        }
        boolean follow = wanted == null
                && request.transition() == WorkspaceTransition.START
                && workspace.automaticUpdates() == AutomaticUpdates.ALWAYS;
        return follow
                ? templates.choose(tx, caller, workspace.templateId(), Optional.empty())
                : templates.kept(tx, latest.templateVersionId());
    }

    /**
     * Calls a build off: at once where it has not begun, else as soon as the engine heeds it.
     *
     * @param expected the state that must hold, {@code pending} or {@code running}; empty for either
     */
    void cancel(Caller caller, WorkspaceBuildId id, Optional<String> expected) {
        transactions.change(caller, tx -> {
            WorkspaceBuild build = builds.get(tx, authorizer.require(tx, caller, Action.UPDATE, id));
            if (!builds.mayBeCanceledByUsers(tx, build) && !mayChangeTemplate(tx, caller, build)) {
                throw new Failure.Forbidden("The template does not let its users cancel builds.");
            }
            queue.cancel(tx, build.jobId(), expected);
            tx.announce(Topics.WORKSPACE_CHANGED, build.workspaceId().value().toString());
            return Changed.to(id, build.cancellation());
        });
    }

    private boolean mayChangeTemplate(WriteTx tx, Caller caller, WorkspaceBuild build) {
        return templates.mayChange(
                tx, caller, templates.kept(tx, build.templateVersionId()).template());
    }
}
