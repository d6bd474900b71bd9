package dev.cloister.contract.api;

/** A new password, proven by a code instead of the old one. */
public record ChangePasswordWithOneTimePasscodeRequest(String email, SecretText password, SecretText oneTimePasscode) {}
