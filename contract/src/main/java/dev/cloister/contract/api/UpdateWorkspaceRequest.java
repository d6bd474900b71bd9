package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A new name for a workspace. */
public record UpdateWorkspaceRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name) {}
