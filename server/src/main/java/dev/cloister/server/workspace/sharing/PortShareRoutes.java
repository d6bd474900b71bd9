package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.DeleteWorkspaceAgentPortShareRequest;
import dev.cloister.contract.api.UpsertWorkspaceAgentPortShareRequest;
import dev.cloister.contract.api.WorkspaceAgentPortShare;
import dev.cloister.contract.api.WorkspaceAgentPortShares;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.workspace.WorkspaceId;

/** Open ports of workspaces over HTTP. */
public final class PortShareRoutes {
    private static final String PATH = "/api/v2/workspaces/{workspace}/port-share";
    private static final String TAG = "PortSharing";

    private final PortShareService service;

    public PortShareRoutes(PortShareService service) {
        this.service = service;
    }

    public void register(Routes routes) {
        routes.get(PATH, Access.to(Action.READ, ResourceType.WORKSPACE), this::list)
                .named(TAG, "List the ports of a workspace that others may open")
                .answers(200, WorkspaceAgentPortShares.class);
        var update = Access.to(Action.UPDATE, ResourceType.WORKSPACE);
        routes.post(PATH, update, this::put)
                .named(TAG, "Open a port of a workspace to others")
                .takes(UpsertWorkspaceAgentPortShareRequest.class)
                .answers(200, WorkspaceAgentPortShare.class);
        routes.delete(PATH, update, this::remove)
                .named(TAG, "Close a port of a workspace to others")
                .takes(DeleteWorkspaceAgentPortShareRequest.class)
                .answers(200);
    }

    private static WorkspaceId id(Request request) {
        return new WorkspaceId(request.id("workspace"));
    }

    private Response list(Request request) {
        return Response.ok(service.list(request.caller(), id(request)));
    }

    private Response put(Request request) {
        var wanted = request.body(UpsertWorkspaceAgentPortShareRequest.class);
        return Response.ok(service.put(request.caller(), id(request), wanted));
    }

    private Response remove(Request request) {
        service.remove(request.caller(), id(request), request.body(DeleteWorkspaceAgentPortShareRequest.class));
        return Response.empty(200);
    }
}
