package dev.cloister.contract.api;

import org.jspecify.annotations.Nullable;

/** A new state of what a build made, for engines that keep one: bytes, as text in Base64. */
public record UpdateWorkspaceBuildStateRequest(byte @Nullable [] state) {}
