package dev.cloister.contract.api;

/** Opens a port of a workspace to others, or changes to whom it is open. */
public record UpsertWorkspaceAgentPortShareRequest(
        String agentName,
        int port,
        WorkspaceAgentPortShareLevel shareLevel,
        WorkspaceAgentPortShareProtocol protocol) {}
