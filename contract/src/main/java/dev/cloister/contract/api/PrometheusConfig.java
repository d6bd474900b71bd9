package dev.cloister.contract.api;

/** Where metrics can be read. */
public record PrometheusConfig(boolean enable, HostPort address, boolean collectAgentStats, boolean collectDbMetrics) {}
