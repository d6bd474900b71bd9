package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The thing, or the set of things, that is asked about; an empty text does not narrow the set. */
public record AuthorizationObject(
        String resourceType,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String ownerId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String organizationId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String resourceId,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean anyOrg) {}
