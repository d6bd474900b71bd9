package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names of what a job works on, for lists. */
public record ProvisionerJobMetadata(
        String templateVersionName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID templateId,
        String templateName,
        String templateDisplayName,
        String templateIcon,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID workspaceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String workspaceName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkspaceTransition workspaceBuildTransition) {}
