package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A workspace with its latest build. */
public record Workspace(
        UUID id,
        Instant createdAt,
        Instant updatedAt,
        UUID ownerId,
        String ownerName,
        String ownerAvatarUrl,
        UUID organizationId,
        String organizationName,
        UUID templateId,
        String templateName,
        String templateDisplayName,
        String templateIcon,
        boolean templateAllowUserCancelWorkspaceJobs,
        UUID templateActiveVersionId,
        boolean templateRequireActiveVersion,
        boolean templateUseClassicParameterFlow,
        WorkspaceBuild latestBuild,
        @Nullable WorkspaceAppStatus latestAppStatus,
        boolean outdated,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String autostartSchedule,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long ttlMs,
        Instant lastUsedAt,
        @Nullable Instant deletingAt,
        @Nullable Instant dormantAt,
        WorkspaceHealth health,
        AutomaticUpdates automaticUpdates,
        boolean allowRenames,
        boolean favorite,
        @Nullable Instant nextStartAt,
        boolean isPrebuild,
        @Nullable UUID taskId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SharedWorkspaceActor> sharedWith) {}
