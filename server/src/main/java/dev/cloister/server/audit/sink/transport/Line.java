package dev.cloister.server.audit.sink.transport;

import java.time.Instant;

/**
 * An event or a signed head in its format.
 *
 * @param key the same for every repeat: the index of an event, or {@code checkpoint-} and the size of a head
 * @param text without line breaks
 */
public record Line(String key, Instant time, String text) {}
