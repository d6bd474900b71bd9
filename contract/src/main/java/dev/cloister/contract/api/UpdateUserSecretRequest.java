package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** What is to change of a secret; what is not given stays as it is. */
public record UpdateUserSecretRequest(
        @Nullable SecretText value,
        @Nullable String description,
        @Nullable String envName,
        @Nullable String filePath,
        @Nullable Boolean enabled) {}
