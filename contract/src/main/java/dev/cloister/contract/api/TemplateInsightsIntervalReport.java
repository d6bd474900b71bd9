package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How many people used templates in a part of the time. */
public record TemplateInsightsIntervalReport(
        Instant startTime,
        Instant endTime,
        List<UUID> templateIds,
        InsightsReportInterval interval,
        long activeUsers) {}
