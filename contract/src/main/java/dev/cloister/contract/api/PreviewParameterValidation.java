package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** What an answer must keep to. */
public record PreviewParameterValidation(
        String validationError,
        @Nullable String validationRegex,
        @Nullable Integer validationMin,
        @Nullable Integer validationMax,
        @Nullable String validationMonotonic) {}
