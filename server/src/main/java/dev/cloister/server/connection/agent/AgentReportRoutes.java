package dev.cloister.server.connection.agent;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.PatchAppStatus;
import dev.cloister.contract.api.PatchLogs;
import dev.cloister.contract.api.PostLogSourceRequest;
import dev.cloister.contract.api.WorkspaceAgentLogSource;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** What programs in a workspace tell with its agent's token. */
public final class AgentReportRoutes {
    private static final String ME = "/api/v2/workspaceagents/me";
    private static final String TAG = "Agents";

    private final AgentUploads uploads;

    public AgentReportRoutes(AgentUploads uploads) {
        this.uploads = uploads;
    }

    public void register(Routes routes) {
        routes.patch(ME + "/logs", Access.agent(), this::logs)
                .named(TAG, "Add lines to the log of the own agent")
                .takes(PatchLogs.class)
                .answers(200, ApiError.class);
        routes.post(ME + "/log-source", Access.agent(), this::logSource)
                .named(TAG, "Add a source of lines to the log of the own agent")
                .takes(PostLogSourceRequest.class)
                .answers(201, WorkspaceAgentLogSource.class);
        routes.patch(ME + "/app-status", Access.agent(), this::appStatus)
                .named(TAG, "Tell what an app of the own agent is doing")
                .takes(PatchAppStatus.class)
                .answers(200, ApiError.class);
        routes.get(ME + "/reinit", Access.agent(), this::reinit)
                .named(TAG, "Wait for the workspace of the own agent to get an owner")
                .query("wait", Boolean.class, "Whether to wait")
                .answers(409, ApiError.class);
    }

    private static Caller.Agent agent(Request request) {
        if (request.caller() instanceof Caller.Agent agent) {
            return agent;
        }
        throw new Failure.Unauthenticated("Agent token is invalid.");
    }

    private Response logs(Request request) {
        boolean all = uploads.logs(agent(request), request.body(PatchLogs.class));
        return all
                ? Response.ok(ApiError.of("The lines were added."))
                : Response.json(413, ApiError.of("The log of the agent is full; not all lines were added."));
    }

    private Response logSource(Request request) {
        return Response.json(201, uploads.addLogSource(agent(request), request.body(PostLogSourceRequest.class)));
    }

    private Response appStatus(Request request) {
        uploads.addStatus(agent(request), request.body(PatchAppStatus.class));
        return Response.ok(ApiError.of("The status was stored."));
    }

    private Response reinit(Request request) {
        uploads.requireWaiting(agent(request));
        return Response.empty(204);
    }
}
