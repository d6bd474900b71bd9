package dev.cloister.contract.api;

/** How the health check judges, in nanoseconds. */
public record HealthcheckConfig(long refresh, long thresholdDatabase) {}
