package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many provisioners could take a job, and how many of them were heard of lately. */
public record MatchedProvisioners(
        int count,
        int available,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant mostRecentlySeen) {}
