package dev.cloister.contract.api;

/** The answer that holds such a report. */
public record UserLatencyInsightsResponse(UserLatencyInsightsReport report) {}
