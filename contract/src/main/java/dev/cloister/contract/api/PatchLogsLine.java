package dev.cloister.contract.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of an agent's log.
 *
 * @param createdAt null for now
 * @param level null for info
 */
public record PatchLogsLine(
        @Nullable Instant createdAt,
        String output,
        @Nullable LogLevel level) {}
