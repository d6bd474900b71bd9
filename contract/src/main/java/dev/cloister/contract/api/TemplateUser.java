package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A person with what they were given on a template. */
public record TemplateUser(
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
        boolean hasAiSeat,
        TemplateRole role) {}
