package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** That a user belongs to an organization, with their roles there. */
public record OrganizationMember(
        UUID userId, UUID organizationId, Instant createdAt, Instant updatedAt, List<SlimRole> roles) {}
