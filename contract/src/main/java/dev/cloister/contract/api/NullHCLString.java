package dev.cloister.contract.api;

/** A text, or none where it is not valid. */
public record NullHCLString(String value, boolean valid) {}
