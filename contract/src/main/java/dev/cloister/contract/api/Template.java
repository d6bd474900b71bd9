package dev.cloister.contract.api;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A template: what workspaces are made from. The count of active users is -1 while it is not known. */
public record Template(
        UUID id,
        Instant createdAt,
        Instant updatedAt,
        UUID organizationId,
        String organizationName,
        String organizationDisplayName,
        String organizationIcon,
        String name,
        String displayName,
        String provisioner,
        UUID activeVersionId,
        int activeUserCount,
        Map<WorkspaceTransition, TransitionStats> buildTimeStats,
        String description,
        boolean deprecated,
        String deprecationMessage,
        boolean deleted,
        String icon,
        long defaultTtlMs,
        long activityBumpMs,
        TemplateAutostopRequirement autostopRequirement,
        TemplateAutostartRequirement autostartRequirement,
        UUID createdById,
        String createdByName,
        boolean allowUserAutostart,
        boolean allowUserAutostop,
        boolean allowUserCancelWorkspaceJobs,
        long failureTtlMs,
        long timeTilDormantMs,
        long timeTilDormantAutodeleteMs,
        long timeTilAutostopNotifyMs,
        boolean requireActiveVersion,
        WorkspaceAgentPortShareLevel maxPortShareLevel,
        boolean useClassicParameterFlow,
        CORSBehavior corsBehavior,
        boolean disableModuleCache) {}
