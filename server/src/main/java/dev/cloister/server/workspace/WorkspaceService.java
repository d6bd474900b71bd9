package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.CreateWorkspaceRequest;
import dev.cloister.contract.api.PostWorkspaceUsageRequest;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.CreatePermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.TemplateId;
import dev.cloister.server.template.TemplateUse;
import dev.cloister.server.template.TemplateVersionId;
import dev.cloister.server.template.UsableVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Creates workspaces and changes what is kept of them. What runs is changed by builds. */
public final class WorkspaceService {
    private static final List<String> USED_BY = List.of("ssh", "vscode", "jetbrains", "reconnecting-pty");

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

    WorkspaceService(
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

    /**
     * Creates a workspace for {@code owner} and asks for its first start.
     *
     * @param organization the only one that will do, empty for that of the template
     */
    dev.cloister.contract.api.Workspace create(
            Caller.User caller, UserId owner, Optional<UUID> organization, CreateWorkspaceRequest request) {
        WorkspaceNames.require(request.name());
        return WorkspaceNames.taking(
                request.name(),
                () -> transactions.change(caller, tx -> {
                    if (!owner.value().equals(caller.subject().id())) {
                        authorizer.require(tx, caller, Action.READ, owner);
                    }
                    UsableVersion version = version(tx, caller, request);
                    if (organization
                            .filter(only -> !only.equals(version.organization()))
                            .isPresent()) {
                        throw new Failure.NotFound();
                    }
                    var permit = authorizer.requireCreate(
                            caller, ResourceType.WORKSPACE, version.organization(), owner.value());
                    WorkspaceBuildService.requireAllowed(tx, caller, version, templates, rules);
                    Workspace workspace = workspace(tx, permit, version, request);
                    var parameters = ParameterChoice.values(
                            version.parameters(),
                            Map.of(),
                            templates.withPreset(
                                    tx, version, request.templateVersionPresetId(), request.richParameterValues()));
                    var plan = new BuildPlan(
                            workspace,
                            version,
                            1,
                            WorkspaceTransition.START,
                            BuildReason.INITIATOR,
                            caller.subject().id(),
                            parameters,
                            false,
                            false,
                            null,
                            request.templateVersionPresetId());
                    WorkspaceBuild build = plan.build(clock.instant());
                    workspaces.insert(tx, permit, workspace);
                    plan.enqueue(tx, queue, build);
                    builds.insertFirst(tx, permit, build, parameters);
                    told.created(tx, caller, workspace, version.version());
                    var view = views.view(tx, caller, workspace.id());
                    return Changed.to(view, List.of(AuditEvent.created(workspace), build.requested()));
                }));
    }

    private UsableVersion version(ReadTx tx, Caller caller, CreateWorkspaceRequest request) {
        Optional<TemplateVersionId> wanted =
                Optional.ofNullable(request.templateVersionId()).map(TemplateVersionId::new);
        Optional<TemplateId> template =
                Optional.ofNullable(request.templateId()).map(TemplateId::new);
        if (template.isPresent() == wanted.isPresent()) {
            throw new Failure.Invalid(
                    "Validation failed.", "template_id", "Name either a template or a template version.");
        }
        UsableVersion version = templates.choose(
                tx, caller, template.orElseGet(() -> templates.templateOf(tx, caller, wanted.orElseThrow())), wanted);
        if (!version.deprecated().isEmpty()) {
            throw new Failure.Invalid("The template is deprecated: " + version.deprecated());
        }
        return version;
    }

    private Workspace workspace(ReadTx tx, CreatePermit permit, UsableVersion version, CreateWorkspaceRequest request) {
        String owner = workspaces
                .ownerName(tx, permit)
                .orElseThrow(() -> new Failure.Invalid("The owner is not an active member of the organization."));
        Long ttl = request.ttlMs() == null ? Long.valueOf(version.settings().defaultTtl()) : request.ttlMs();
        Instant now = clock.instant();
        var times = rules.chosen(rules.of(tx, version.template()), request.autostartSchedule(), ttl, now);
        return new Workspace(
                new WorkspaceId(UUID.randomUUID()),
                version.organization(),
                Objects.requireNonNull(permit.owner()),
                owner,
                version.template(),
                request.name(),
                times.autostartSchedule(),
                times.ttl(),
                Objects.requireNonNullElse(request.automaticUpdates(), AutomaticUpdates.NEVER),
                null,
                null,
                times.nextStartAt(),
                false,
                now,
                false);
    }

    void rename(Caller caller, WorkspaceId id, String name) {
        WorkspaceNames.require(name);
        WorkspaceNames.taking(name, () -> change(caller, id, workspace -> workspace.withName(name)));
    }

    private Workspace change(Caller caller, WorkspaceId id, UnaryOperator<Workspace> change) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Workspace before = workspaces.lock(tx, permit);
            WorkspaceViews.refuseDeleted(before);
            Workspace after = change.apply(before);
            workspaces.update(tx, permit, after, clock.instant());
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    private void requireSensible(ReadTx tx, Permit<WorkspaceId> permit, PostWorkspaceUsageRequest usage) {
        UUID agent = usage.agentId();
        if ((agent == null) != usage.appName().isEmpty()) {
            throw new Failure.Invalid(
                    "Validation failed.", "agent_id", "Name both the agent and what it is used by, or neither.");
        }
        if (agent != null && !USED_BY.contains(usage.appName())) {
            throw new Failure.Invalid(
                    "Validation failed.", "app_name", "Must be one of " + String.join(", ", USED_BY) + ".");
        }
        if (agent != null && !workspaces.hasAgent(tx, permit, agent)) {
            throw new Failure.Invalid("Validation failed.", "agent_id", "The workspace has no such agent.");
        }
    }

    /** Somebody is at work in it. */
    void used(Caller caller, WorkspaceId id, PostWorkspaceUsageRequest usage) {
        Instant now = clock.instant();
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.SSH, id);
            WorkspaceViews.refuseDeleted(workspaces.get(tx, permit));
            requireSensible(tx, permit, usage);
            if (WorkspaceActivityRepository.used(tx, permit, now)) {
                tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            }
            return Changed.unaudited(id, Unaudited.WORKSPACE_USE);
        });
    }
}
