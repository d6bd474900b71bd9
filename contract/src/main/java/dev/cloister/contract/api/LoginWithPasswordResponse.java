package dev.cloister.contract.api;

/** The token of the session that a login began. */
public record LoginWithPasswordResponse(SecretText sessionToken) {}
