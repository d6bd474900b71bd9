package dev.cloister.contract.api;

/** A password to be judged. */
public record ValidateUserPasswordRequest(SecretText password) {}
