package dev.cloister.contract.api;

import java.time.Instant;

/** The latest value and its age in seconds; the age does not depend on the clocks of both sides. */
public record WorkspaceAgentMetadataResult(Instant collectedAt, long age, String value, String error) {}
