package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new template, beginning with a version that was imported before. */
public record CreateTemplateRequest(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String displayName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String description,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String icon,
        UUID templateVersionId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long defaultTtlMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long activityBumpMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TemplateAutostopRequirement autostopRequirement,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TemplateAutostartRequirement autostartRequirement,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean allowUserCancelWorkspaceJobs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean allowUserAutostart,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean allowUserAutostop,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long failureTtlMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long dormantTtlMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long deleteTtlMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long timeTilAutostopNotifyMs,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean disableEveryoneGroupAccess,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean requireActiveVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkspaceAgentPortShareLevel maxPortShareLevel,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean templateUseClassicParameterFlow,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CORSBehavior corsBehavior) {}
