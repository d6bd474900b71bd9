package dev.cloister.contract.api;

/** How many people are connected, by the kind of their connection. */
public record SessionCountDeploymentStats(long vscode, long ssh, long jetbrains, long reconnectingPty) {}
