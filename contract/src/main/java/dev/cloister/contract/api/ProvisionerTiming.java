package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** How long the provisioner took for one thing. */
public record ProvisionerTiming(
        UUID jobId,
        Instant startedAt,
        Instant endedAt,
        TimingStage stage,
        String source,
        String action,
        String resource) {}
