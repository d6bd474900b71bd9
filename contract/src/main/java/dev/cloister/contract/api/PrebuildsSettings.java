package dev.cloister.contract.api;

/** Whether pools of prepared workspaces are kept full. */
public record PrebuildsSettings(boolean reconciliationPaused) {}
