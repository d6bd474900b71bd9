package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** Whether the agents of a workspace are well, and which are not. */
public record WorkspaceHealth(boolean healthy, List<UUID> failingAgents) {}
