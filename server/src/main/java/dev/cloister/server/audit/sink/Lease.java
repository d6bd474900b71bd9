package dev.cloister.server.audit.sink;

import java.time.Instant;
import java.util.UUID;

/**
 * The right of one process to send to a sink for a while.
 *
 * @param holder who has it
 * @param cursor where to go on
 * @param failures how many attempts in a row have failed
 */
record Lease(UUID holder, Sink sink, long cursor, int failures, Instant endsAt) {}
