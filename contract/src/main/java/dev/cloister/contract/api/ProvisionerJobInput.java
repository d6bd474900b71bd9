package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a job works on. */
public record ProvisionerJobInput(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID workspaceBuildId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String error) {}
