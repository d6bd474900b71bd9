package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** A new secret. It is enabled unless said otherwise. */
public record CreateUserSecretRequest(
        String name,
        @Nullable SecretText value,
        String description,
        String envName,
        String filePath,
        @Nullable Boolean enabled) {}
