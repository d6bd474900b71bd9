package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An entry of the audit log. */
public record AuditLog(
        UUID id,
        UUID requestId,
        Instant time,
        String ip,
        String userAgent,
        ResourceType resourceType,
        UUID resourceId,
        String resourceTarget,
        String resourceIcon,
        AuditAction action,
        Map<String, AuditDiffField> diff,
        int statusCode,
        JsonNode additionalFields,
        String description,
        String resourceLink,
        boolean isDeleted,
        UUID organizationId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MinimalOrganization organization,
        @Nullable User user) {}
