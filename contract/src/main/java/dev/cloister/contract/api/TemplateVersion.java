package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One immutable state of a template, with the job that imported it. */
public record TemplateVersion(
        UUID id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateId,
        UUID organizationId,
        Instant createdAt,
        Instant updatedAt,
        String name,
        String message,
        ProvisionerJob job,
        String readme,
        MinimalUser createdBy,
        boolean archived,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MatchedProvisioners matchedProvisioners,
        boolean hasExternalAgent) {}
