package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A person with an account, with their deployment-wide roles. A user who was never seen has the zero time as
 * lastSeenAt.
 */
public record User(
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String themePreference,
        List<UUID> organizationIds,
        List<SlimRole> roles,
        boolean hasAiSeat) {}
