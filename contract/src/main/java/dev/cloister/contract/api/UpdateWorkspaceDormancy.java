package dev.cloister.contract.api;

/** Whether a workspace is dormant. */
public record UpdateWorkspaceDormancy(boolean dormant) {}
