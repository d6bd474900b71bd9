package dev.cloister.contract.api;

/** Whether the next start by schedule would change to a version that asks what nobody has answered. */
public record ResolveAutostartResponse(boolean parameterMismatch) {}
