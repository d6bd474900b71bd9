package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** Where a change of the way to sign in goes on. */
public record OAuthConversionResponse(String stateString, Instant expiresAt, LoginType toType, UUID userId) {}
