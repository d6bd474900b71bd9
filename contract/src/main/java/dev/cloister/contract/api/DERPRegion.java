package dev.cloister.contract.api;

/** The latency from an agent to a relay. */
public record DERPRegion(boolean preferred, double latencyMs) {}
