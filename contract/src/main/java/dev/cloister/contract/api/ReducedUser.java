package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;

/** A user without memberships and roles. */
public record ReducedUser(
        UUID id,
        String username,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String avatarUrl,
        String email,
        Instant createdAt,
        Instant updatedAt,
        Instant lastSeenAt,
        UserStatus status,
        LoginType loginType,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isServiceAccount,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String themePreference) {}
