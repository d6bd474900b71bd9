package dev.cloister.contract.api;

/** The longest lifetime, in nanoseconds, which a new token may have. */
public record TokenConfig(long maxTokenLifetime) {}
