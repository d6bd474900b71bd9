package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** People of an organization who are given things together. */
public record Group(
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
        String organizationDisplayName) {}
