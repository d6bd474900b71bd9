package dev.cloister.server.workspace;

import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.contract.api.WorkspacesResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobLogs;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.sharing.SharingRepository;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Workspaces, their builds and agents as the API shows them. */
public final class WorkspaceViews {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserResolver users;
    private final WorkspaceRepository workspaces;
    private final WorkspaceBuildRepository builds;
    private final WorkspaceViewRepository views;
    private final ResourceRepository resources;
    private final SharingRepository sharing;
    private final JobLogs logs;
    private final Clock clock;

    public WorkspaceViews(
            Transactions transactions,
            Authorizer authorizer,
            UserResolver users,
            WorkspaceRepository workspaces,
            WorkspaceBuildRepository builds,
            WorkspaceViewRepository views,
            ResourceRepository resources,
            SharingRepository sharing,
            JobLogs logs,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.workspaces = workspaces;
        this.builds = builds;
        this.views = views;
        this.resources = resources;
        this.sharing = sharing;
        this.logs = logs;
        this.clock = clock;
    }

    /** A workspace; a deleted one only where it is asked for. */
    public Workspace get(Caller caller, WorkspaceId id, boolean deletedToo) {
        return transactions.read(tx -> {
            if (!deletedToo) {
                refuseDeleted(workspaces.get(tx, authorizer.require(tx, caller, Action.READ, id)));
            }
            return view(tx, caller, id);
        });
    }

    static void refuseDeleted(dev.cloister.server.workspace.Workspace workspace) {
        if (workspace.deleted()) {
            throw new Failure.Gone("Workspace \"" + workspace.name()
                    + "\" was deleted. To see what is kept of it, add ?include_deleted=true.");
        }
    }

    /** The workspace that an owner calls so. */
    WorkspaceId idOf(Caller caller, String owner, String name, boolean deletedToo) {
        return transactions.read(tx -> workspaces
                .idOf(tx, users.resolve(tx, caller, owner).value(), name, deletedToo)
                .orElseThrow(Failure.NotFound::new));
    }

    /** A workspace within a transaction. */
    Workspace view(ReadTx tx, Caller caller, WorkspaceId id) {
        Workspace workspace = views.workspace(tx, authorizer.require(tx, caller, Action.READ, id), viewer(caller));
        UUID job = workspace.latestBuild().job().id();
        return WorkspaceRow.with(
                workspace,
                resources.ofJobs(tx, List.of(job), clock.instant()).getOrDefault(job, List.of()),
                sharing.actors(tx, List.of(workspace.id())).getOrDefault(workspace.id(), List.of()));
    }

    private static UUID viewer(Caller caller) {
        return caller instanceof Caller.User user ? user.subject().id() : NOBODY;
    }

    WorkspacesResponse list(Caller caller, WorkspaceFilter filter, WorkspaceViewRepository.Page page) {
        var visibility = authorizer.visible(caller, ResourceType.WORKSPACE, WorkspaceViewRepository.columns());
        return transactions.read(tx -> {
            List<Workspace> found = views.list(tx, visibility, filter, page, viewer(caller));
            var made = resources.ofJobs(
                    tx,
                    found.stream()
                            .map(workspace -> workspace.latestBuild().job().id())
                            .toList(),
                    clock.instant());
            var shared = sharing.actors(tx, found.stream().map(Workspace::id).toList());
            var whole = found.stream()
                    .map(workspace -> WorkspaceRow.with(
                            workspace,
                            made.getOrDefault(workspace.latestBuild().job().id(), List.of()),
                            shared.getOrDefault(workspace.id(), List.of())))
                    .toList();
            return new WorkspacesResponse(whole, count(tx, visibility, filter, page, found.size()));
        });
    }

    /** A page that is not full says itself how many there are. */
    private int count(
            ReadTx tx, Visibility visibility, WorkspaceFilter filter, WorkspaceViewRepository.Page page, int found) {
        boolean last = found < page.limit() && (found > 0 || page.offset() == 0);
        return last ? page.offset() + found : views.count(tx, visibility, filter);
    }

    WorkspaceBuild build(Caller caller, WorkspaceBuildId id) {
        return transactions.read(tx -> view(tx, caller, id));
    }

    /** A build within a transaction. */
    WorkspaceBuild view(ReadTx tx, Caller caller, WorkspaceBuildId id) {
        var build = views.build(tx, authorizer.require(tx, caller, Action.READ, id));
        return whole(tx, List.of(build)).getFirst();
    }

    WorkspaceBuild buildByNumber(Caller caller, WorkspaceId id, int number) {
        return transactions.read(tx -> whole(
                        tx,
                        List.of(views.buildByNumber(tx, authorizer.require(tx, caller, Action.READ, id), number)
                                .orElseThrow(Failure.NotFound::new)))
                .getFirst());
    }

    List<WorkspaceBuild> builds(
            Caller caller, WorkspaceId id, Optional<UUID> after, Instant since, WorkspaceViewRepository.Page page) {
        return transactions.read(tx ->
                whole(tx, views.builds(tx, authorizer.require(tx, caller, Action.READ, id), after, since, page)));
    }

    private List<WorkspaceBuild> whole(ReadTx tx, List<WorkspaceBuild> found) {
        var made = resources.ofJobs(
                tx, found.stream().map(build -> build.job().id()).toList(), clock.instant());
        return found.stream()
                .map(build -> WorkspaceBuildRow.with(
                        build, made.getOrDefault(build.job().id(), List.of())))
                .toList();
    }

    /** Whether the caller may still see a build. */
    boolean maySee(Caller caller, WorkspaceBuildId id) {
        return transactions.read(
                tx -> authorizer.check(tx, caller, Action.READ, id).isPresent());
    }

    List<WorkspaceResource> resources(Caller caller, WorkspaceBuildId id) {
        return build(caller, id).resources();
    }

    List<WorkspaceBuildParameter> parameters(Caller caller, WorkspaceBuildId id) {
        return transactions.read(tx -> {
            var build = builds.get(tx, authorizer.require(tx, caller, Action.READ, id));
            return builds.parameters(tx, build).entrySet().stream()
                    .map(entry -> new WorkspaceBuildParameter(entry.getKey(), entry.getValue()))
                    .toList();
        });
    }

    List<ProvisionerJobLog> log(Caller caller, WorkspaceBuildId id, long after, long before) {
        return transactions.read(tx -> {
            var build = builds.get(tx, authorizer.require(tx, caller, Action.READ, id));
            return logs.between(tx, build.jobId(), after, before);
        });
    }

    /** The log as it grows, for a caller who may see it; decided before the first line is sent. */
    Push.Source followLog(Caller caller, WorkspaceBuildId id, long after) {
        JobId job = transactions.read(tx ->
                builds.get(tx, authorizer.require(tx, caller, Action.READ, id)).jobId());
        return push -> logs.follow(job, after, push);
    }

    /** One agent as it is now. */
    public WorkspaceAgent agent(Caller caller, WorkspaceAgentId id) {
        return transactions.read(
                tx -> resources.agent(tx, authorizer.require(tx, caller, Action.READ, id), clock.instant()));
    }
}
