package dev.cloister.contract.client;

import dev.cloister.contract.api.AgentHostKey;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceAgentListeningPortsResponse;
import dev.cloister.contract.api.WorkspaceAgentLog;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/** The part of the API that is about agents and the ways into a workspace. */
public final class AgentCalls {
    private final ApiConnection connection;

    AgentCalls(ApiConnection connection) {
        this.connection = connection;
    }

    public WorkspaceAgent get(UUID agent) throws IOException {
        return connection.get(Paths.of("/workspaceagents/{}", agent), WorkspaceAgent.class);
    }

    /** The key by which the agent's SSH server proves that it is this agent. */
    public AgentHostKey hostKey(UUID agent) throws IOException {
        return connection.get(Paths.of("/workspaceagents/{}/ssh-host-key", agent), AgentHostKey.class);
    }

    public WorkspaceAgentListeningPortsResponse listeningPorts(UUID agent) throws IOException {
        return connection.get(
                Paths.of("/workspaceagents/{}/listening-ports", agent), WorkspaceAgentListeningPortsResponse.class);
    }

    public List<WorkspaceAgentLog> log(UUID agent) throws IOException {
        return connection.list(Paths.of("/workspaceagents/{}/logs", agent), WorkspaceAgentLog.class);
    }

    /** The agent's log after the line with that number, followed until the stream is closed by either side. */
    public LogStream<WorkspaceAgentLog> followLog(UUID agent, long after) throws IOException {
        return LogStream.open(
                connection,
                Paths.of("/workspaceagents/{}/logs?follow=true&after={}", agent, after),
                WorkspaceAgentLog.class);
    }

    /** Where a WebSocket reaches the agent's SSH server: raw bytes in binary messages, both ways. */
    public URI sshStream(UUID agent) {
        return stream(Paths.of("/workspaceagents/{}/stream?channel=ssh", agent));
    }

    /** Where a WebSocket reaches a TCP port of the workspace: raw bytes in binary messages, both ways. */
    public URI portStream(UUID agent, int port) {
        return stream(Paths.of("/workspaceagents/{}/stream?channel=port&port={}", agent, port));
    }

    private URI stream(String path) {
        return LogStream.webSocket(connection.server(), path);
    }
}
