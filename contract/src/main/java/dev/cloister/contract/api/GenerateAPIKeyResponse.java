package dev.cloister.contract.api;

/** A token that was just made. It is shown once and cannot be read again. */
public record GenerateAPIKeyResponse(SecretText key) {}
