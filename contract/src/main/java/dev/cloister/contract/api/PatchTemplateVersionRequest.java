package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A new name or message of a version; an empty name keeps the old one. */
public record PatchTemplateVersionRequest(
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String message) {}
