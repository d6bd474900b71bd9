package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** After how many milliseconds a started workspace stops; null or zero means never. */
public record UpdateWorkspaceTTLRequest(@Nullable Long ttlMs) {}
