package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A token or session as its owner sees it in lists: everything but the secret. */
public record APIKey(
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
        List<APIAllowListTarget> allowList) {}
