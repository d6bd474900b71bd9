package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A link of the dashboard to where people find help. */
public record LinkConfig(
        String name,
        String target,
        String icon,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String location) {}
