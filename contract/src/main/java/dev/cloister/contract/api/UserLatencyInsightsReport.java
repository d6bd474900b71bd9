package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How slow the connections of people were. */
public record UserLatencyInsightsReport(
        Instant startTime, Instant endTime, List<UUID> templateIds, List<UserLatency> users) {}
