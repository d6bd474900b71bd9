package dev.cloister.server.audit.log;

import dev.cloister.server.audit.SealedField;
import java.util.Map;

/**
 * An event with its place in the log.
 *
 * @param entry the JSON that is hashed, byte for byte
 * @param salts those of all sealed fields, in their order
 * @param values what opens the commitments; without those that were erased
 */
public record PlacedEvent(long index, byte[] entry, byte[] salts, Map<SealedField, String> values) {}
