package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** A message which an app sent about its state. */
public record WorkspaceAppStatus(
        UUID id,
        Instant createdAt,
        UUID workspaceId,
        UUID agentId,
        UUID appId,
        String state,
        String message,
        String uri,
        String icon,
        boolean needsUserAttention) {}
