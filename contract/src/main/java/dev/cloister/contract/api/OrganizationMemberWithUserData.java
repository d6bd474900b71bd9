package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A member of an organization with what a list shows of the user. */
public record OrganizationMemberWithUserData(
        String username,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String avatarUrl,
        String email,
        List<SlimRole> globalRoles,
        UserStatus status,
        LoginType loginType,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean isServiceAccount,
        Instant lastSeenAt,
        Instant userCreatedAt,
        Instant userUpdatedAt,
        boolean hasAiSeat,
        UUID userId,
        UUID organizationId,
        Instant createdAt,
        Instant updatedAt,
        List<SlimRole> roles) {}
