package dev.cloister.contract.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the health report tells of one that builds. */
public record HealthProvisioner(
        UUID id,
        Instant createdAt,
        Instant lastSeenAt,
        String name,
        String version,
        String apiVersion,
        List<String> provisioners,
        Map<String, String> tags,
        String status) {}
