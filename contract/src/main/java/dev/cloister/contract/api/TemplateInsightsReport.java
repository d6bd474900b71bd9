package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** How templates were used. */
public record TemplateInsightsReport(
        Instant startTime,
        Instant endTime,
        List<UUID> templateIds,
        long activeUsers,
        List<TemplateAppUsage> appsUsage,
        List<TemplateParameterUsage> parametersUsage) {}
