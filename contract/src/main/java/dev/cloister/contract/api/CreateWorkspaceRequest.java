package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new workspace, from the active version of a template or from a certain version. */
public record CreateWorkspaceRequest(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionId,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String autostartSchedule,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long ttlMs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WorkspaceBuildParameter> richParameterValues,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AutomaticUpdates automaticUpdates,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateVersionPresetId) {
    /** Takes the all-zero identifier, which existing clients send for "none", as none. */
    public CreateWorkspaceRequest {
        templateId = ZeroValues.absentIfZero(templateId);
        templateVersionId = ZeroValues.absentIfZero(templateVersionId);
        templateVersionPresetId = ZeroValues.absentIfZero(templateVersionPresetId);
    }
}
