package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A line above every page of the dashboard. The colour is {@code #rrggbb}. */
public record BannerConfig(
        boolean enabled,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String message,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String backgroundColor) {}
