package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that takes jobs and does them. */
public record ProvisionerDaemon(
        UUID id,
        UUID organizationId,
        UUID keyId,
        Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastSeenAt,
        String name,
        String version,
        String apiVersion,
        List<String> provisioners,
        Map<String, String> tags,
        @Nullable String keyName,
        @Nullable ProvisionerDaemonStatus status,
        @Nullable ProvisionerDaemonJob currentJob,
        @Nullable ProvisionerDaemonJob previousJob) {}
