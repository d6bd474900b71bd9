package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/** A person that a workspace is shared with. */
public record WorkspaceUser(
        UUID id,
        String username,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String avatarUrl,
        WorkspaceRole role) {}
