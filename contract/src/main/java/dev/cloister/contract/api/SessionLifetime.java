package dev.cloister.contract.api;

/** How long sessions and tokens live, in nanoseconds. */
public record SessionLifetime(long defaultDuration, long maxTokenLifetime, boolean disableExpiryRefresh) {}
