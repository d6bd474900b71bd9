package dev.cloister.contract.api;

/** A fact about a resource, for people. */
public record WorkspaceResourceMetadata(String key, String value, boolean sensitive) {}
