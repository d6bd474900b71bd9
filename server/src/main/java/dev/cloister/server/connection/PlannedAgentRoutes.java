package dev.cloister.server.connection;

import dev.cloister.contract.api.ApiError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.workspace.WorkspaceAgentId;

/** Operations of the published API on agents that this server does not offer yet, and says so. */
final class PlannedAgentRoutes {
    private static final String AGENT = "/api/v2/workspaceagents/{workspaceagent}";
    private static final String CONTAINERS = "This server does not offer containers inside workspaces yet.";
    private static final String IDENTITY = "This server does not take the identity of a cloud's machine for an agent's "
            + "yet. Agents prove themselves by the token of their build.";
    private static final String TUNNEL =
            "This server does not offer peer-to-peer tunnels. Use its own command line, whose connections run through "
                    + "the server.";

    private final Transactions transactions;
    private final Authorizer authorizer;

    PlannedAgentRoutes(Transactions transactions, Authorizer authorizer) {
        this.transactions = transactions;
        this.authorizer = authorizer;
    }

    void register(Routes routes) {
        for (String cloud : new String[] {"aws", "azure", "google"}) {
            planned(routes.post(
                            "/api/v2/workspaceagents/" + cloud + "-instance-identity",
                            Access.open("an agent without a token would prove itself here; nothing is offered"),
                            request -> {
                                throw new Failure.NotOffered(IDENTITY);
                            }))
                    .named("Agents", "Authenticate an agent by the identity of its machine (" + cloud + ")");
        }
        planned(routes.get(
                        "/api/v2/workspaceagents/connection",
                        Access.signedIn("how tunnels are made is the same for everybody"),
                        request -> {
                            throw new Failure.NotOffered(TUNNEL);
                        }))
                .named("Agents", "Get the relays of peer-to-peer tunnels");
        var read = Access.to(Action.READ, ResourceType.WORKSPACE);
        var update = Access.to(Action.UPDATE, ResourceType.WORKSPACE);
        planned(routes.get(AGENT + "/containers", read, request -> refuse(request, Action.READ)))
                .named("Agents", "List the containers inside a workspace");
        planned(routes.get(AGENT + "/containers/watch", read, request -> refuse(request, Action.READ)))
                .named("Agents", "Watch the containers inside a workspace");
        planned(routes.delete(
                        AGENT + "/containers/devcontainers/{devcontainer}",
                        update,
                        request -> refuse(request, Action.UPDATE)))
                .named("Agents", "Delete a container inside a workspace");
        planned(routes.post(
                        AGENT + "/containers/devcontainers/{devcontainer}/recreate",
                        update,
                        request -> refuse(request, Action.UPDATE)))
                .named("Agents", "Make a container inside a workspace anew");
    }

    private static Operation planned(Operation operation) {
        return operation.answers(501, ApiError.class);
    }

    /** Also of what is not offered nobody learns which agents there are. */
    private Response refuse(Request request, Action action) {
        var id = new WorkspaceAgentId(request.id("workspaceagent"));
        transactions.read(tx -> authorizer.require(tx, request.caller(), action, id));
        throw new Failure.NotOffered(CONTAINERS);
    }
}
