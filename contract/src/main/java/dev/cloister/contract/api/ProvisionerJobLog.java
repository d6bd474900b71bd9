package dev.cloister.contract.api;

import java.time.Instant;

/** A line of the log of a job. */
public record ProvisionerJobLog(
        long id, Instant createdAt, LogSource logSource, LogLevel logLevel, String stage, String output) {}
