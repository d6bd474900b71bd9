package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** Where somebody is signed in. */
public record UserSession(
        String id,
        UUID userId,
        Instant createdAt,
        Instant lastUsed,
        Instant expiresAt,
        String ipAddress,
        String userAgent,
        boolean current) {}
