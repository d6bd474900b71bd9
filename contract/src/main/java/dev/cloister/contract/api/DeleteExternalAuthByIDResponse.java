package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What became of the token of a link that was deleted. */
public record DeleteExternalAuthByIDResponse(
        boolean tokenRevoked,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String tokenRevocationError) {}
