package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A new organization. Without a display name it is shown by its name. */
public record CreateOrganizationRequest(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String displayName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String description,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String icon) {}
