package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.UpdateWorkspaceACL;
import dev.cloister.contract.api.WorkspaceACL;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.workspace.WorkspaceId;

/** With whom workspaces are shared, over HTTP. */
public final class SharingRoutes {
    private static final String PATH = "/api/v2/workspaces/{workspace}/acl";

    private final SharingService service;

    public SharingRoutes(SharingService service) {
        this.service = service;
    }

    public void register(Routes routes) {
        routes.get(PATH, Access.to(Action.READ, ResourceType.WORKSPACE), this::get)
                .named("Workspaces", "Show with whom a workspace is shared")
                .answers(200, WorkspaceACL.class);
        var share = Access.to(Action.SHARE, ResourceType.WORKSPACE);
        routes.patch(PATH, share, this::update)
                .named("Workspaces", "Share a workspace with people and groups, or take that back")
                .takes(UpdateWorkspaceACL.class)
                .answers(204);
        routes.delete(PATH, share, this::clear)
                .named("Workspaces", "Share a workspace with nobody any more")
                .answers(204);
    }

    private static WorkspaceId id(Request request) {
        return new WorkspaceId(request.id("workspace"));
    }

    private Response get(Request request) {
        return Response.ok(service.get(request.caller(), id(request)));
    }

    private Response update(Request request) {
        service.update(request.user(), id(request), request.body(UpdateWorkspaceACL.class));
        return Response.empty(204);
    }

    private Response clear(Request request) {
        service.clear(request.caller(), id(request));
        return Response.empty(204);
    }
}
