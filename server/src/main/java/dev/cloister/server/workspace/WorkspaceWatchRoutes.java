package dev.cloister.server.workspace;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ConnectionWatchEvent;
import dev.cloister.contract.api.MinimalUser;
import dev.cloister.contract.api.WorkspaceBuildUpdate;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.Set;

/** How builds and connections come along, and who can own workspaces, over HTTP. */
final class WorkspaceWatchRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.WORKSPACE);
    private static final String WORKSPACE = "/api/v2/workspaces/{workspace}";
    private static final String TAG = "Workspaces";
    private static final int MAX_PAGE = 1000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final OrganizationResolver organizations;
    private final WorkspaceViews views;
    private final ConnectionWatch connections;
    private final BuildsWatch builds;
    private final Pushes pushes;
    private final OwnerRepository owners = new OwnerRepository();

    WorkspaceWatchRoutes(
            Transactions transactions,
            Authorizer authorizer,
            OrganizationResolver organizations,
            WorkspaceViews views,
            ConnectionWatch connections,
            BuildsWatch builds,
            Pushes pushes) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.organizations = organizations;
        this.views = views;
        this.connections = connections;
        this.builds = builds;
        this.pushes = pushes;
    }

    void register(Routes routes) {
        routes.socket(
                        WORKSPACE + "/agent-connection-watch",
                        READ,
                        request -> pushes.socket(request, connections.watch(request.caller(), id(request))))
                .named(TAG, "Watch how the build and the agents of a workspace come along")
                .answers(101, ConnectionWatchEvent.class);
        routes.socket(
                        "/api/experimental/watch-all-workspacebuilds",
                        READ,
                        request -> pushes.socket(request, builds.watch(request.caller())))
                .named(TAG, "Watch the builds of all workspaces that can be seen")
                .answers(101, WorkspaceBuildUpdate.class);
        routes.get(
                        "/api/v2/organizations/{organization}/members/{user}/workspaces/available-users",
                        Access.to(Action.CREATE, ResourceType.WORKSPACE),
                        this::owners)
                .named(TAG, "List who can own workspaces in an organization")
                .query("q", String.class, "Part of a name")
                .query("limit", Integer.class, "How many to answer at most")
                .query("offset", Integer.class, "How many to leave out")
                .answersList(200, MinimalUser.class);
        routes.get(WORKSPACE + "/external-agent/{agent}/credentials", READ, this::externalAgent)
                .named("Enterprise", "Show how an agent outside of the platform's hosts proves itself")
                .answers(404, ApiError.class);
    }

    private static WorkspaceId id(Request request) {
        return new WorkspaceId(request.id("workspace"));
    }

    private Response owners(Request request) {
        var query = SearchQuery.parse(request.query("q").orElse(""), Set.of("search", "name"));
        String search = query.bare()
                .or(() -> query.value("search"))
                .or(() -> query.value("name"))
                .orElse("");
        int limit = (int) request.number("limit", 25, 0, MAX_PAGE);
        var page = new WorkspaceViewRepository.Page(
                limit == 0 ? MAX_PAGE : limit, (int) request.number("offset", 0, 0, Integer.MAX_VALUE));
        return Response.ok(transactions.read(tx -> {
            var caller = request.caller();
            var organization = authorizer
                    .require(tx, caller, Action.READ, organizations.resolve(tx, caller, request.path("organization")))
                    .idFor(Action.READ);
            var permit = authorizer.requireCreate(caller, ResourceType.WORKSPACE, organization.value(), null);
            return owners.find(tx, permit, search, page);
        }));
    }

    /** No engine here makes agents that run elsewhere. */
    private Response externalAgent(Request request) {
        var unused = views.get(request.caller(), id(request), false);
        throw new Failure.NotFound("External agent not found.");
    }
}
