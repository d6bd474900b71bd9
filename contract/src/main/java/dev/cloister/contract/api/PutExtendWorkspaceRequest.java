package dev.cloister.contract.api;

import java.time.Instant;

/** The new time at which a running workspace stops. */
public record PutExtendWorkspaceRequest(Instant deadline) {}
