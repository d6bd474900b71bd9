package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** A secret of a person, without its value, which is in no answer. */
public record UserSecret(
        UUID id,
        String name,
        String description,
        String envName,
        String filePath,
        boolean enabled,
        Instant createdAt,
        Instant updatedAt) {}
