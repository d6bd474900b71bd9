package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An entry for trying the audit log out; what is null is made up. Additional fields are an object. */
public record CreateTestAuditLogRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AuditAction action,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String resourceType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID resourceId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID organizationId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID requestId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant time,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String buildReason,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode additionalFields) {}
