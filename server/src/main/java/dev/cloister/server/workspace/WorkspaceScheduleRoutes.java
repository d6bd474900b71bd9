package dev.cloister.server.workspace;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.PutExtendWorkspaceRequest;
import dev.cloister.contract.api.ResolveAutostartResponse;
import dev.cloister.contract.api.UpdateWorkspaceAutomaticUpdatesRequest;
import dev.cloister.contract.api.UpdateWorkspaceAutostartRequest;
import dev.cloister.contract.api.UpdateWorkspaceDormancy;
import dev.cloister.contract.api.UpdateWorkspaceTTLRequest;
import dev.cloister.contract.api.Workspace;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** When workspaces start, stop and sleep, over HTTP. */
public final class WorkspaceScheduleRoutes {
    private static final Access UPDATE = Access.to(Action.UPDATE, ResourceType.WORKSPACE);
    private static final String WORKSPACE = "/api/v2/workspaces/{workspace}";
    private static final String TAG = "Workspaces";

    private final WorkspaceScheduleService service;

    WorkspaceScheduleRoutes(WorkspaceScheduleService service) {
        this.service = service;
    }

    void register(Routes routes) {
        routes.put(WORKSPACE + "/ttl", UPDATE, this::setTtl)
                .named(TAG, "Set after how long a start of a workspace ends")
                .takes(UpdateWorkspaceTTLRequest.class)
                .answers(204);
        routes.put(WORKSPACE + "/autostart", UPDATE, this::setAutostart)
                .named(TAG, "Set the schedule by which a workspace starts")
                .takes(UpdateWorkspaceAutostartRequest.class)
                .answers(204);
        routes.put(WORKSPACE + "/autoupdates", UPDATE, this::setAutomaticUpdates)
                .named(TAG, "Set whether a workspace follows its template at each start")
                .takes(UpdateWorkspaceAutomaticUpdatesRequest.class)
                .answers(204);
        routes.put(WORKSPACE + "/extend", UPDATE, this::extend)
                .named(TAG, "Put off when a running workspace stops")
                .takes(PutExtendWorkspaceRequest.class)
                .answers(200, ApiError.class);
        routes.put(WORKSPACE + "/dormant", UPDATE, this::setDormant)
                .named(TAG, "Put a workspace to sleep, or wake it")
                .takes(UpdateWorkspaceDormancy.class)
                .answers(200, Workspace.class)
                .answers(304);
        routes.put(WORKSPACE + "/favorite", UPDATE, request -> favorite(request, true))
                .named(TAG, "Make a workspace a favourite of its owner")
                .answers(204);
        routes.delete(WORKSPACE + "/favorite", UPDATE, request -> favorite(request, false))
                .named(TAG, "Make a workspace no favourite of its owner")
                .answers(204);
        routes.get(
                        WORKSPACE + "/resolve-autostart",
                        Access.to(Action.READ, ResourceType.WORKSPACE),
                        request -> Response.ok(service.resolveAutostart(request.caller(), id(request))))
                .named(TAG, "Tell whether the next start by schedule needs answers that are missing")
                .answers(200, ResolveAutostartResponse.class);
    }

    private static WorkspaceId id(Request request) {
        return new WorkspaceId(request.id("workspace"));
    }

    private Response setTtl(Request request) {
        var wanted = request.body(UpdateWorkspaceTTLRequest.class);
        service.setTtl(request.caller(), id(request), wanted.ttlMs());
        return Response.empty(204);
    }

    private Response setAutostart(Request request) {
        var wanted = request.body(UpdateWorkspaceAutostartRequest.class);
        service.setAutostart(request.caller(), id(request), wanted.schedule());
        return Response.empty(204);
    }

    private Response setAutomaticUpdates(Request request) {
        var wanted = request.body(UpdateWorkspaceAutomaticUpdatesRequest.class);
        service.setAutomaticUpdates(request.caller(), id(request), wanted.automaticUpdates());
        return Response.empty(204);
    }

    private Response extend(Request request) {
        var wanted = request.body(PutExtendWorkspaceRequest.class);
        service.extend(request.caller(), id(request), wanted.deadline());
        return Response.ok(ApiError.of("The workspace stops at " + wanted.deadline() + "."));
    }

    private Response setDormant(Request request) {
        boolean wanted = request.body(UpdateWorkspaceDormancy.class).dormant();
        return service.setDormant(request.caller(), id(request), wanted)
                .map(Response::ok)
                .orElseGet(() -> Response.empty(304));
    }

    private Response favorite(Request request, boolean wanted) {
        service.setFavorite(request.user(), id(request), wanted);
        return Response.empty(204);
    }
}
