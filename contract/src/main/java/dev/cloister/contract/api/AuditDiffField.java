package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How one field changed; a secret field says only that it did. */
public record AuditDiffField(
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("old") @Nullable
        JsonNode oldValue,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("new") @Nullable
        JsonNode newValue,

        boolean secret) {}
