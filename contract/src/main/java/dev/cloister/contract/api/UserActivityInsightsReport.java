package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** For how long people used workspaces. */
public record UserActivityInsightsReport(
        Instant startTime, Instant endTime, List<UUID> templateIds, List<UserActivity> users) {}
