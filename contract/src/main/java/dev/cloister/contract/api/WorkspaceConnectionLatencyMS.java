package dev.cloister.contract.api;

/** How long the way to agents takes, in milliseconds; -1 where it was not measured. */
public record WorkspaceConnectionLatencyMS(double p50, double p95) {}
