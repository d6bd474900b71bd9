package dev.cloister.contract.api;

import java.time.Instant;

/** A code that resets a password once, until it expires. */
public record OneTimePasscode(SecretText oneTimePasscode, Instant expiresAt) {}
