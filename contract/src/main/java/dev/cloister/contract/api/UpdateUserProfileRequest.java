package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The names of a user. */
public record UpdateUserProfileRequest(
        String username,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String avatarUrl) {}
