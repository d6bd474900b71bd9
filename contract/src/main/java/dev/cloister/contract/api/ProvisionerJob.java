package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A piece of work for a provisioner, its state and its place in the queue. */
public record ProvisionerJob(
        UUID id,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant startedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant completedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant canceledAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String error,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String errorCode,
        ProvisionerJobStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID workerId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String workerName,
        UUID fileId,
        Map<String, String> tags,
        int queuePosition,
        int queueSize,
        UUID organizationId,
        UUID initiatorId,
        ProvisionerJobInput input,
        ProvisionerJobType type,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UUID> availableWorkers,
        ProvisionerJobMetadata metadata,
        boolean logsOverflowed) {}
