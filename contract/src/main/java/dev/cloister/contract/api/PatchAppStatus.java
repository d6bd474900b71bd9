package dev.cloister.contract.api;

/** What an app of a workspace is doing. */
public record PatchAppStatus(String appSlug, WorkspaceAppStatusState state, String message, String uri) {}
