package dev.cloister.contract.api;

/** Another way to sign in, proven by the password. */
public record ConvertLoginRequest(LoginType toType, SecretText password) {}
