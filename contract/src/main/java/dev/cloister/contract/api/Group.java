package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/**
 * A group of an organization.
 *
 * @param members as far as the caller sees them, empty where they were not asked for
 * @param totalMemberCount of all members, seen or not
 * @param quotaAllowance credits that each member adds to their budget
 */
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
