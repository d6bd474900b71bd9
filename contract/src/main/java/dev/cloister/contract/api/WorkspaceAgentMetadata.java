package dev.cloister.contract.api;

/** A value that an agent reports again and again, with what it means. */
public record WorkspaceAgentMetadata(
        WorkspaceAgentMetadataResult result, WorkspaceAgentMetadataDescription description) {}
