package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** How long builds of one kind take, in milliseconds: median and 95th percentile. */
public record TransitionStats(
        @JsonProperty("P50") @Nullable Long p50,
        @JsonProperty("P95") @Nullable Long p95) {}
