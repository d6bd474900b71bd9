package dev.cloister.contract.api;

import java.util.List;
import java.util.UUID;

/** How slow the connections of a person were. */
public record UserLatency(
        List<UUID> templateIds, UUID userId, String username, String avatarUrl, ConnectionLatency latencyMs) {}
