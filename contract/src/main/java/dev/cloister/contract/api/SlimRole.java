package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A role by name; a role of an organization also names that organization. */
public record SlimRole(
        String name,
        String displayName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String organizationId) {}
