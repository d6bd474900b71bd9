package dev.cloister.contract.api;

/** Whether anything about this deployment is told to anybody else: never. */
public record TelemetryConfig(boolean enable, boolean trace) {}
