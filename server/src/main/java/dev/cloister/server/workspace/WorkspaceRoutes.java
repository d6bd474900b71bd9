package dev.cloister.server.workspace;

import dev.cloister.contract.api.CreateWorkspaceRequest;
import dev.cloister.contract.api.PostWorkspaceUsageRequest;
import dev.cloister.contract.api.ServerSentEvent;
import dev.cloister.contract.api.UpdateWorkspaceRequest;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspacesResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.identity.UserResolver;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.organization.OrganizationResolver;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.Optional;

/** Workspaces over HTTP. */
public final class WorkspaceRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.WORKSPACE);
    private static final Access CREATE = Access.to(Action.CREATE, ResourceType.WORKSPACE);
    private static final Access UPDATE = Access.to(Action.UPDATE, ResourceType.WORKSPACE);
    private static final String WORKSPACE = "/api/v2/workspaces/{workspace}";
    private static final int MAX_PAGE = 1000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserResolver users;
    private final OrganizationResolver organizations;
    private final WorkspaceViews views;
    private final WorkspaceService service;
    private final WorkspaceWatch watch;
    private final Pushes pushes;

    public WorkspaceRoutes(
            Transactions transactions,
            Authorizer authorizer,
            UserResolver users,
            OrganizationResolver organizations,
            WorkspaceViews views,
            WorkspaceService service,
            WorkspaceWatch watch,
            Pushes pushes) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.organizations = organizations;
        this.views = views;
        this.service = service;
        this.watch = watch;
        this.pushes = pushes;
    }

    public void register(Routes routes) {
        routes.post("/api/v2/users/{user}/workspaces", CREATE, this::create)
                .named("Workspaces", "Create a workspace")
                .takes(CreateWorkspaceRequest.class)
                .answers(201, Workspace.class);
        routes.post(
                        "/api/v2/organizations/{organization}/members/{user}/workspaces",
                        CREATE,
                        this::createInOrganization)
                .named("Workspaces", "Create a workspace in an organization")
                .takes(CreateWorkspaceRequest.class)
                .answers(201, Workspace.class);
        routes.get("/api/v2/users/{user}/workspace/{workspacename}", READ, this::byName)
                .named("Workspaces", "Get a workspace by its name")
                .query("include_deleted", Boolean.class, "Also where it is deleted")
                .answers(200, Workspace.class);
        routes.get("/api/v2/workspaces", READ, this::list)
                .named("Workspaces", "List workspaces")
                .searched()
                .paged()
                .answers(200, WorkspacesResponse.class);
        routes.get(WORKSPACE, READ, this::get)
                .named("Workspaces", "Get a workspace")
                .query("include_deleted", Boolean.class, "Also where it is deleted")
                .answers(200, Workspace.class);
        routes.patch(WORKSPACE, UPDATE, this::update)
                .named("Workspaces", "Rename a workspace")
                .takes(UpdateWorkspaceRequest.class)
                .answers(204);
        routes.post(WORKSPACE + "/usage", Access.to(Action.SSH, ResourceType.WORKSPACE), this::used)
                .named("Workspaces", "Report that a workspace is used")
                .takes(PostWorkspaceUsageRequest.class)
                .answers(204);
        routes.get(
                        WORKSPACE + "/watch",
                        READ,
                        request -> pushes.serverSentEvents(request, watch.watch(request.caller(), id(request))))
                .named("Workspaces", "Watch a workspace by server-sent events")
                .answers(200, new Operation.Bytes("text/event-stream"));
        routes.socket(WORKSPACE + "/watch-ws", READ, request -> {
                    var source = watch.watch(request.caller(), id(request));
                    return pushes.socket(request, push -> source.run(push.asEvents()));
                })
                .named("Workspaces", "Watch a workspace")
                .answers(101, ServerSentEvent.class);
        routes.get(
                        "/api/v2/workspaceagents/{workspaceagent}",
                        READ,
                        request -> Response.ok(
                                views.agent(request.caller(), new WorkspaceAgentId(request.id("workspaceagent")))))
                .named("Agents", "Get an agent")
                .answers(200, WorkspaceAgent.class);
    }

    private static WorkspaceId id(Request request) {
        return new WorkspaceId(request.id("workspace"));
    }

    private UserId owner(Request request) {
        return transactions.read(tx -> users.resolve(tx, request.caller(), request.path("user")));
    }

    private Response create(Request request) {
        var body = request.body(CreateWorkspaceRequest.class);
        return Response.json(201, service.create(request.user(), owner(request), Optional.empty(), body));
    }

    private Response createInOrganization(Request request) {
        OrganizationId organization = transactions.read(tx -> {
            var id = organizations.resolve(tx, request.caller(), request.path("organization"));
            return authorizer.require(tx, request.caller(), Action.READ, id).idFor(Action.READ);
        });
        var body = request.body(CreateWorkspaceRequest.class);
        return Response.json(
                201, service.create(request.user(), owner(request), Optional.of(organization.value()), body));
    }

    private Response get(Request request) {
        return Response.ok(views.get(request.caller(), id(request), request.flag("include_deleted")));
    }

    private Response byName(Request request) {
        boolean deletedToo = request.flag("include_deleted");
        WorkspaceId id = views.idOf(request.caller(), request.path("user"), request.path("workspacename"), deletedToo);
        return Response.ok(views.get(request.caller(), id, deletedToo));
    }

    private Response list(Request request) {
        var query = SearchQuery.parse(request.query("q").orElse(""), WorkspaceFilter.KEYS, WorkspaceFilter.REPEATABLE);
        var filter = WorkspaceFilter.of(query, request.user().subject());
        int limit = (int) request.number("limit", 0, 0, MAX_PAGE);
        var page = new WorkspaceViewRepository.Page(
                limit == 0 ? MAX_PAGE : limit, (int) request.number("offset", 0, 0, Integer.MAX_VALUE));
        return Response.ok(views.list(request.caller(), filter, page));
    }

    private Response update(Request request) {
        String name = request.body(UpdateWorkspaceRequest.class).name();
        service.rename(request.caller(), id(request), name);
        return Response.empty(204);
    }

    private Response used(Request request) {
        service.used(request.caller(), id(request), request.body(PostWorkspaceUsageRequest.class));
        return Response.empty(204);
    }
}
