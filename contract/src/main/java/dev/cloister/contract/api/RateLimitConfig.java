package dev.cloister.contract.api;

/** How often one may ask. */
public record RateLimitConfig(long api, boolean disableAll) {}
