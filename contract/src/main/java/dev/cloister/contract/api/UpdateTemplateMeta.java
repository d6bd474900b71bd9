package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Changes to the settings of a template; what is null stays as it is. */
public record UpdateTemplateMeta(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String displayName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String icon,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long defaultTtlMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long activityBumpMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TemplateAutostopRequirement autostopRequirement,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TemplateAutostartRequirement autostartRequirement,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean allowUserAutostart,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean allowUserAutostop,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean allowUserCancelWorkspaceJobs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long failureTtlMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long timeTilDormantMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long timeTilDormantAutodeleteMs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long timeTilAutostopNotifyMs,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean updateWorkspaceLastUsedAt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean updateWorkspaceDormantAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean requireActiveVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String deprecationMessage,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean disableEveryoneGroupAccess,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkspaceAgentPortShareLevel maxPortShareLevel,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean useClassicParameterFlow,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CORSBehavior corsBehavior,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean disableModuleCache) {}
