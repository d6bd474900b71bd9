package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That somebody uses a workspace, and by what. */
public record PostWorkspaceUsageRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID agentId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String appName) {}
