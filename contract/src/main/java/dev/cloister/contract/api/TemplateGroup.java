package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** A group with what its members were given on a template. */
public record TemplateGroup(
        UUID id,
        String name,
        String displayName,
        UUID organizationId,
        List<ReducedUser> members,
        int totalMemberCount,
        String avatarUrl,
        int quotaAllowance,
        GroupSource source,
        String organizationName,
        String organizationDisplayName,
        TemplateRole role) {}
