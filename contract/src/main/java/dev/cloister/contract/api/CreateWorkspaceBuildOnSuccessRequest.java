package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A start that follows a stop which succeeded: a restart. */
public record CreateWorkspaceBuildOnSuccessRequest(
        WorkspaceTransition transition,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionPresetId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkspaceBuildParameter> richParameterValues) {
    /** Takes the all-zero identifier, which existing clients send for "none", as none. */
    public CreateWorkspaceBuildOnSuccessRequest {
        templateVersionId = ZeroValues.absentIfZero(templateVersionId);
        templateVersionPresetId = ZeroValues.absentIfZero(templateVersionPresetId);
    }
}
