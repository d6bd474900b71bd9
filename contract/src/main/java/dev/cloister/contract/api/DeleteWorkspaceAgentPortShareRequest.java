package dev.cloister.contract.api;

/** Closes a port of a workspace to others. */
public record DeleteWorkspaceAgentPortShareRequest(String agentName, int port) {}
