package dev.cloister.contract.api;

/** A login with e-mail address and password. */
public record LoginWithPasswordRequest(String email, SecretText password) {}
