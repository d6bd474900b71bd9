package dev.cloister.contract.api;

import java.util.UUID;

/** That a build of a workspace began, went on or ended. */
public record WorkspaceBuildUpdate(
        UUID workspaceId,
        String workspaceName,
        UUID buildId,
        WorkspaceTransition transition,
        ProvisionerJobStatus jobStatus,
        int buildNumber) {}
