package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** How an input looks. */
public record PreviewParameterStyling(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String placeholder,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean disabled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String label,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean maskInput) {}
