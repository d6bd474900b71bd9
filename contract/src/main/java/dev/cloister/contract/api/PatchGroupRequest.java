package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes to a group; what is null stays as it is. An empty name does too. */
public record PatchGroupRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> addUsers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> removeUsers,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String displayName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String avatarUrl,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer quotaAllowance) {}
