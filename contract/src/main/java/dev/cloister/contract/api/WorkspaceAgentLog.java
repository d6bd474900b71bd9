package dev.cloister.contract.api;

import java.time.Instant;
import java.util.UUID;

/** A line of the log of an agent. */
public record WorkspaceAgentLog(long id, Instant createdAt, String output, LogLevel level, UUID sourceId) {}
