package dev.cloister.contract.api;

import java.time.Instant;

/** What is going on in the deployment. */
public record DeploymentStats(
        Instant aggregatedFrom,
        Instant collectedAt,
        Instant nextUpdateAt,
        WorkspaceDeploymentStats workspaces,
        SessionCountDeploymentStats sessionCount) {}
