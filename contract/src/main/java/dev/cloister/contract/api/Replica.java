package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** A server process of this deployment. The latency of its database is in microseconds. */
public record Replica(
        UUID id,
        String hostname,
        Instant createdAt,
        String relayAddress,
        int regionId,
        String error,
        int databaseLatency) {}
