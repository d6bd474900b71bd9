package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/**
 * A group that a workspace is shared with.
 *
 * @param members not told here
 * @param source {@code user}, or {@code oidc} where an identity provider decides who is in it
 */
public record WorkspaceGroup(
        UUID id,
        String name,
        String displayName,
        UUID organizationId,
        List<ReducedUser> members,
        int totalMemberCount,
        String avatarUrl,
        int quotaAllowance,
        String source,
        String organizationName,
        String organizationDisplayName,
        WorkspaceRole role) {}
