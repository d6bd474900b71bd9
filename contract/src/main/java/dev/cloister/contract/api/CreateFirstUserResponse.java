package dev.cloister.contract.api;

import java.util.UUID;

/** The identifiers of the first administrator and of the default organization. */
public record CreateFirstUserResponse(UUID userId, UUID organizationId) {}
