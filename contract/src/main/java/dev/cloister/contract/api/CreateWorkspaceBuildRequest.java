package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A build of an existing workspace; without a version it keeps the one it has. */
public record CreateWorkspaceBuildRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionId,
        WorkspaceTransition transition,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean dryRun,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean orphan,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkspaceBuildParameter> richParameterValues,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String logLevel,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionPresetId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BuildReason reason,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> state,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CreateWorkspaceBuildOnSuccessRequest onSuccess) {
    /** Takes the all-zero identifier, which existing clients send for "none", as none. */
    public CreateWorkspaceBuildRequest {
        templateVersionId = ZeroValues.absentIfZero(templateVersionId);
        templateVersionPresetId = ZeroValues.absentIfZero(templateVersionPresetId);
    }
}
