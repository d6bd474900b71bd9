package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/** How often a parameter was given which values. */
public record TemplateParameterUsage(
        List<UUID> templateIds,
        String displayName,
        String name,
        String type,
        String description,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TemplateVersionParameterOption> options,
        List<TemplateParameterValue> values) {}
