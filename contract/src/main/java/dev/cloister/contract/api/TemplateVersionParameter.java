package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A question which a template asks when a workspace is made. */
public record TemplateVersionParameter(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String displayName,
        String description,
        String descriptionPlaintext,
        String type,
        String formType,
        boolean mutable,
        String defaultValue,
        String icon,
        List<TemplateVersionParameterOption> options,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String validationError,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String validationRegex,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer validationMin,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer validationMax,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String validationMonotonic,
        boolean required,
        boolean ephemeral) {}
