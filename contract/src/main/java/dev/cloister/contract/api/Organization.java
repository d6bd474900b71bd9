package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A tenant of the deployment. */
public record Organization(
        UUID id,
        String name,
        String displayName,
        String icon,
        String description,
        Instant createdAt,
        Instant updatedAt,
        boolean isDefault,
        List<String> defaultOrgMemberRoles) {}
