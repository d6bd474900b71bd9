package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** Who writes into the log of an agent. */
public record WorkspaceAgentLogSource(
        UUID workspaceAgentId, UUID id, Instant createdAt, String displayName, String icon) {}
