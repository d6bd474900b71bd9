package dev.cloister.contract.api;

import java.util.List;

/** The ports on which processes of a workspace listen. */
public record WorkspaceAgentListeningPortsResponse(List<WorkspaceAgentListeningPort> ports) {}
