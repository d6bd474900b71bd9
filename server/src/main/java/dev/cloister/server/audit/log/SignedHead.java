package dev.cloister.server.audit.log;

import java.time.Instant;

/**
 * A signed head of the log.
 *
 * @param size how many events it covers
 * @param note the checkpoint with its signature (C2SP tlog-checkpoint)
 */
public record SignedHead(long size, String note, Instant signedAt) {}
