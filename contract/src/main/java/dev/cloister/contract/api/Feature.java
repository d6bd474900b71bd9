package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Whether a feature is on, and how much of its limit is used. */
public record Feature(
        Entitlement entitlement,
        boolean enabled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long limit,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long actual) {}
