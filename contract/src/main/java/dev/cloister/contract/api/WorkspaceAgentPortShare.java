package dev.cloister.contract.api;

import java.util.UUID;

/** A port of a workspace that others may open. */
public record WorkspaceAgentPortShare(
        UUID workspaceId,
        String agentName,
        int port,
        WorkspaceAgentPortShareLevel shareLevel,
        WorkspaceAgentPortShareProtocol protocol) {}
