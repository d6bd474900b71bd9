package dev.cloister.contract.api;

/** How slow connections were, in milliseconds: the median and what one in twenty exceeded. */
public record ConnectionLatency(double p50, double p95) {}
