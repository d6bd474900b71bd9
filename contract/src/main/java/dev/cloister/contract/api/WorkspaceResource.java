package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Something that a build made, with the agents that run in it. */
public record WorkspaceResource(
        UUID id,
        Instant createdAt,
        UUID jobId,
        WorkspaceTransition workspaceTransition,
        String type,
        String name,
        boolean hide,
        String icon,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkspaceAgent> agents,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkspaceResourceMetadata> metadata,
        int dailyCost) {}
