package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.CreateWorkspaceBuildOnSuccessRequest;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.TemplateUse;
import dev.cloister.server.template.TemplateVersionId;
import dev.cloister.server.template.UsableVersion;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for starts, stops and deletions, one at a time for each workspace, and calls them off. */
public final class WorkspaceBuildService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateUse templates;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final TimeRules rules;
    private final WorkspaceViews views;
    private final JobQueue queue;
    private final WorkspaceNotices told;
    private final Clock clock;

    WorkspaceBuildService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateUse templates,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            TimeRules rules,
            WorkspaceViews views,
            JobQueue queue,
            WorkspaceNotices told,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.workspaces = workspaces;
        this.builds = builds;
        this.rules = rules;
        this.views = views;
        this.queue = queue;
        this.told = told;
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
            requireAwake(workspace, request.transition());
            var latest = builds.latest(tx, permit);
            requireIdle(latest);
            var plan = plan(tx, caller, workspace, latest.build(), request);
            WorkspaceBuild build = plan.build(clock.instant());
            plan.enqueue(tx, queue, build);
            builds.insert(tx, permit, build, plan.parameters());
            if (!build.templateVersionId().equals(latest.build().templateVersionId())) {
                told.updated(tx, caller, workspace, build.templateVersionId());
            }
            return Changed.to(views.view(tx, caller, build.id()), build.requested());
        });
    }

    private static void requireAwake(Workspace workspace, WorkspaceTransition transition) {
        if (transition == WorkspaceTransition.START && workspace.dormantAt() != null) {
            throw new Failure.Forbidden("The workspace is dormant. Wake it first.");
        }
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
        if (!start && request.templateVersionPresetId() != null) {
            throw new Failure.Invalid(
                    "Validation failed.", "template_version_preset_id", "Only a start takes a preset.");
        }
        if (!request.state().isEmpty()) {
            throw new Failure.NotOffered("No engine of this server takes a state that was made elsewhere.");
        }
        var next = request.onSuccess();
        if (next != null
                && (request.transition() != WorkspaceTransition.STOP
                        || next.transition() != WorkspaceTransition.START)) {
            throw new Failure.Invalid(
                    "Validation failed.", "on_success", "Only a stop can be followed, and only by a start.");
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
        UsableVersion version =
                version(tx, caller, workspace, latest, request.transition(), request.templateVersionId());
        if (request.transition() == WorkspaceTransition.START) {
            requireAllowed(tx, caller, version, templates, rules);
        }
        Map<String, String> before = builds.parameters(tx, latest);
        return new BuildPlan(
                workspace,
                version,
                latest.number() + 1,
                request.transition(),
                Objects.requireNonNullElse(request.reason(), BuildReason.INITIATOR),
                caller.subject().id(),
                request.transition() == WorkspaceTransition.START
                        ? ParameterChoice.values(
                                version.parameters(),
                                before,
                                templates.withPreset(
                                        tx, version, request.templateVersionPresetId(), request.richParameterValues()))
                        : before,
                request.orphan(),
                debug,
                followUp(tx, caller, workspace, latest, request.onSuccess()),
                request.templateVersionPresetId());
    }

    /** What a stop is followed by needs the rights, the version and the answers of a start, now. */
    private @Nullable FollowUp followUp(
            WriteTx tx,
            Caller.User caller,
            Workspace workspace,
            WorkspaceBuild latest,
            @Nullable CreateWorkspaceBuildOnSuccessRequest wanted) {
        if (wanted == null) {
            return null;
        }
        authorizer.require(tx, caller, Action.START, workspace.id());
        requireAwake(workspace, WorkspaceTransition.START);
        UUID pinned = wanted.templateVersionId();
        if (pinned != null && !templates.mayChange(tx, caller, workspace.templateId())) {
            throw new Failure.Forbidden("Only who may change the template can name the version of what follows.");
        }
        UsableVersion version = version(tx, caller, workspace, latest, WorkspaceTransition.START, pinned);
        requireAllowed(tx, caller, version, templates, rules);
        return new FollowUp(
                version.version(),
                ParameterChoice.values(
                        version.parameters(),
                        builds.parameters(tx, latest),
                        templates.withPreset(
                                tx, version, wanted.templateVersionPresetId(), wanted.richParameterValues())));
    }

    /** Where a template requires its active version, only who may change the template builds from another. */
    static void requireAllowed(
            ReadTx tx, Caller caller, UsableVersion version, TemplateUse templates, TimeRules rules) {
        if (rules.of(tx, version.template()).requireActiveVersion()
                && !version.version().equals(rules.activeVersion(tx, version.template()))
                && !templates.mayChange(tx, caller, version.template())) {
            throw new Failure.Forbidden("The template requires its active version.");
        }
    }

    /** A workspace keeps its version, for which its owner needs no right on the template, until a start changes it. */
    private UsableVersion version(
            WriteTx tx,
            Caller caller,
            Workspace workspace,
            WorkspaceBuild latest,
            WorkspaceTransition transition,
            @Nullable UUID wanted) {
        if (wanted != null && !wanted.equals(latest.templateVersionId().value())) {
            return templates.choose(tx, caller, workspace.templateId(), Optional.of(new TemplateVersionId(wanted)));
        }
        boolean follow = wanted == null
                && transition == WorkspaceTransition.START
                && (workspace.automaticUpdates() == AutomaticUpdates.ALWAYS
                        || rules.of(tx, workspace.templateId()).requireActiveVersion());
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

    private boolean mayChangeTemplate(ReadTx tx, Caller caller, WorkspaceBuild build) {
        return templates.mayChange(
                tx, caller, templates.kept(tx, build.templateVersionId()).template());
    }
}
