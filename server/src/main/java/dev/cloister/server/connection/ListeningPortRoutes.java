package dev.cloister.server.connection;

import dev.cloister.contract.api.WorkspaceAgentListeningPortsResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.workspace.WorkspaceAgentId;

/** Listening ports over HTTP. */
final class ListeningPortRoutes {
    private final ListeningPortQuery query;

    ListeningPortRoutes(ListeningPortQuery query) {
        this.query = query;
    }

    void register(Routes routes) {
        routes.get(
                        "/api/v2/workspaceagents/{workspaceagent}/listening-ports",
                        Access.to(Action.READ, ResourceType.WORKSPACE),
                        request -> Response.ok(
                                query.of(request.caller(), new WorkspaceAgentId(request.id("workspaceagent")))))
                .named("Agents", "List the ports of a workspace on which something listens")
                .answers(200, WorkspaceAgentListeningPortsResponse.class);
    }
}
