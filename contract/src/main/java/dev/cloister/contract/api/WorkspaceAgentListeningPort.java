package dev.cloister.contract.api;

/** A port on which a process listens; the name of the process may be empty. */
public record WorkspaceAgentListeningPort(String processName, String network, int port) {}
