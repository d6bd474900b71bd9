package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** The schedule by which a workspace starts; null or empty switches it off. */
public record UpdateWorkspaceAutostartRequest(@Nullable String schedule) {}
