package dev.cloister.contract.api;

import java.util.List;

/** The ports of a workspace that others may open. */
public record WorkspaceAgentPortShares(List<WorkspaceAgentPortShare> shares) {}
