package dev.cloister.contract.api;

/** Whether a workspace follows its template. */
public record UpdateWorkspaceAutomaticUpdatesRequest(AutomaticUpdates automaticUpdates) {}
