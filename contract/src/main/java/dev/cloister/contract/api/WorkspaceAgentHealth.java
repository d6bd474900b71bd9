package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Whether an agent is well; if not, why. */
public record WorkspaceAgentHealth(
        boolean healthy,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String reason) {}
