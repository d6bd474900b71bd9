package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A token in a list that may span several users. */
public record APIKeyWithOwner(
        String id,
        UUID userId,
        Instant lastUsed,
        Instant expiresAt,
        Instant createdAt,
        Instant updatedAt,
        LoginType loginType,
        String scope,
        List<String> scopes,
        String tokenName,
        long lifetimeSeconds,
        List<APIAllowListTarget> allowList,
        String username) {}
