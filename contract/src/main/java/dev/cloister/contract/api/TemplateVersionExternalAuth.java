package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** An account elsewhere that a version asks its users to link. */
public record TemplateVersionExternalAuth(
        String id,
        String type,
        String displayName,
        String displayIcon,
        String authenticateUrl,
        boolean authenticated,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean optional) {}
