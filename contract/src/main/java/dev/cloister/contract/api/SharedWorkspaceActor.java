package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/** A user or group that a workspace is shared with. */
public record SharedWorkspaceActor(
        UUID id,
        String actorType,
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String avatarUrl,
        List<String> roles) {}
