package dev.cloister.contract.api;

/** How many workspaces are in which state, and the bytes that went to them and came from them. */
public record WorkspaceDeploymentStats(
        long pending,
        long building,
        long running,
        long failed,
        long stopped,
        WorkspaceConnectionLatencyMS connectionLatencyMs,
        long rxBytes,
        long txBytes) {}
