package dev.cloister.contract.api;

import java.time.Instant;

/** Somebody's link with a provider, as it is stored. A token that does not expire has the zero time. */
public record ExternalAuthLink(
        String providerId,
        Instant createdAt,
        Instant updatedAt,
        boolean hasRefreshToken,
        Instant expires,
        boolean authenticated,
        String validateError) {}
