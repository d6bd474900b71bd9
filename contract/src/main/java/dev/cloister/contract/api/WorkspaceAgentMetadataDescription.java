package dev.cloister.contract.api;

/** What an agent shall report, and how often and how long at most (seconds). */
public record WorkspaceAgentMetadataDescription(
        String displayName, String key, String script, long interval, long timeout) {}
