package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/**
 * The rights of a person explained: what they may do with an unlimited session, and which role, group or grant each
 * right comes from.
 *
 * @param active whether the account can sign in at all
 */
public record EffectivePermissions(
        UUID userId,
        String username,
        boolean active,
        List<EffectivePermission> permissions,
        List<EffectiveGrant> grants) {}
