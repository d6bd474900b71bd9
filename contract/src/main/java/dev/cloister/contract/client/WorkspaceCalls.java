package dev.cloister.contract.client;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.CreateWorkspaceRequest;
import dev.cloister.contract.api.PostWorkspaceUsageRequest;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.PutExtendWorkspaceRequest;
import dev.cloister.contract.api.UpdateWorkspaceACL;
import dev.cloister.contract.api.UpdateWorkspaceAutomaticUpdatesRequest;
import dev.cloister.contract.api.UpdateWorkspaceAutostartRequest;
import dev.cloister.contract.api.UpdateWorkspaceRequest;
import dev.cloister.contract.api.UpdateWorkspaceTTLRequest;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceACL;
import dev.cloister.contract.api.WorkspaceBuild;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.contract.api.WorkspacesResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The part of the API that is about workspaces and their builds. */
public final class WorkspaceCalls {
    private final ApiConnection connection;

    WorkspaceCalls(ApiConnection connection) {
        this.connection = connection;
    }

    public WorkspacesResponse list(String query, int limit, int offset) throws IOException {
        return connection.get(
                Paths.of("/workspaces?q={}&limit={}&offset={}", query, limit, offset), WorkspacesResponse.class);
    }

    public Workspace get(UUID workspace) throws IOException {
        return connection.get(Paths.of("/workspaces/{}", workspace), Workspace.class);
    }

    /** The workspace of that name of that user ("me" for the caller). */
    public Workspace byName(String owner, String name) throws IOException {
        return connection.get(Paths.of("/users/{}/workspace/{}", owner, name), Workspace.class);
    }

    /** The same as JSON, for a caller that needs little of it and needs it fast. */
    public JsonNode jsonByName(String owner, String name) throws IOException {
        return connection.get(Paths.of("/users/{}/workspace/{}", owner, name), JsonNode.class);
    }

    public Workspace create(String owner, CreateWorkspaceRequest request) throws IOException {
        return connection.send("POST", Paths.of("/users/{}/workspaces", owner), request, Workspace.class);
    }

    public void rename(UUID workspace, String name) throws IOException {
        connection.send("PATCH", Paths.of("/workspaces/{}", workspace), new UpdateWorkspaceRequest(name));
    }

    /** Starts the workspace by that schedule from now on, or, for null, no longer. */
    public void setAutostart(UUID workspace, @Nullable String schedule) throws IOException {
        var request = new UpdateWorkspaceAutostartRequest(schedule);
        connection.send("PUT", Paths.of("/workspaces/{}/autostart", workspace), request);
    }

    /** Stops the workspace that many milliseconds after each start, or, for null, no longer. */
    public void setTtl(UUID workspace, @Nullable Long millis) throws IOException {
        connection.send("PUT", Paths.of("/workspaces/{}/ttl", workspace), new UpdateWorkspaceTTLRequest(millis));
    }

    /** Lets a running workspace stop at another time. */
    public void extend(UUID workspace, Instant deadline) throws IOException {
        connection.send("PUT", Paths.of("/workspaces/{}/extend", workspace), new PutExtendWorkspaceRequest(deadline));
    }

    public void setAutomaticUpdates(UUID workspace, AutomaticUpdates updates) throws IOException {
        var request = new UpdateWorkspaceAutomaticUpdatesRequest(updates);
        connection.send("PUT", Paths.of("/workspaces/{}/autoupdates", workspace), request);
    }

    public void favorite(UUID workspace) throws IOException {
        connection.send("PUT", Paths.of("/workspaces/{}/favorite", workspace), null);
    }

    public void unfavorite(UUID workspace) throws IOException {
        connection.send("DELETE", Paths.of("/workspaces/{}/favorite", workspace), null);
    }

    public WorkspaceACL acl(UUID workspace) throws IOException {
        return connection.get(Paths.of("/workspaces/{}/acl", workspace), WorkspaceACL.class);
    }

    /** Changes with whom the workspace is shared; whom the request does not name keeps what they have. */
    public void share(UUID workspace, UpdateWorkspaceACL request) throws IOException {
        connection.send("PATCH", Paths.of("/workspaces/{}/acl", workspace), request);
    }

    /** Tells the server that somebody uses the workspace, so that it is not stopped as idle. */
    public void used(UUID workspace, UUID agent, String app) throws IOException {
        var request = new PostWorkspaceUsageRequest(agent, app);
        connection.send("POST", Paths.of("/workspaces/{}/usage", workspace), request);
    }

    public WorkspaceBuild build(UUID workspace, CreateWorkspaceBuildRequest request) throws IOException {
        return connection.send("POST", Paths.of("/workspaces/{}/builds", workspace), request, WorkspaceBuild.class);
    }

    public List<WorkspaceBuild> builds(UUID workspace, int limit) throws IOException {
        return connection.list(Paths.of("/workspaces/{}/builds?limit={}", workspace, limit), WorkspaceBuild.class);
    }

    public WorkspaceBuild build(UUID build) throws IOException {
        return connection.get(Paths.of("/workspacebuilds/{}", build), WorkspaceBuild.class);
    }

    public List<WorkspaceBuildParameter> parameters(UUID build) throws IOException {
        return connection.list(Paths.of("/workspacebuilds/{}/parameters", build), WorkspaceBuildParameter.class);
    }

    public void cancelBuild(UUID build) throws IOException {
        connection.send("PATCH", Paths.of("/workspacebuilds/{}/cancel", build), null);
    }

    public List<ProvisionerJobLog> buildLog(UUID build) throws IOException {
        return connection.list(Paths.of("/workspacebuilds/{}/logs", build), ProvisionerJobLog.class);
    }

    /** The build log after the line with that number, followed until the build is over or the stream is closed. */
    public LogStream<ProvisionerJobLog> followBuild(UUID build, long after) throws IOException {
        return LogStream.open(
                connection,
                Paths.of("/workspacebuilds/{}/logs?follow=true&after={}", build, after),
                ProvisionerJobLog.class);
    }
}
