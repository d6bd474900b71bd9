package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change of a workspace: a start, a stop or the deletion, with the resources it led to. */
public record WorkspaceBuild(
        UUID id,
        Instant createdAt,
        Instant updatedAt,
        UUID workspaceId,
        String workspaceName,
        UUID workspaceOwnerId,
        String workspaceOwnerName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String workspaceOwnerAvatarUrl,
        UUID templateVersionId,
        String templateVersionName,
        int buildNumber,
        WorkspaceTransition transition,
        UUID initiatorId,
        String initiatorName,
        ProvisionerJob job,
        BuildReason reason,
        List<WorkspaceResource> resources,
        @Nullable Instant deadline,
        @Nullable Instant maxDeadline,
        WorkspaceStatus status,
        int dailyCost,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MatchedProvisioners matchedProvisioners,
        @Nullable UUID templateVersionPresetId,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean hasAiTask,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean hasExternalAgent) {}
