package dev.cloister.server.audit.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Hash;
import dev.cloister.server.audit.SealedField;
import dev.cloister.server.audit.log.PlacedEvent;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An event on its way out. Ids are texts, empty where there are none.
 *
 * @param log the name of the log
 * @param leafHash the hash of the entry in the tree, in Base64: with the index, what a repeat is recognized by
 * @param entry the JSON that is hashed
 * @param salts those of all sealed fields, in their order
 * @param values the values of the sealed fields: what people type, and so nothing that a format may trust
 */
public record CopiedEvent(
        String log,
        long index,
        String leafHash,
        String id,
        Instant time,
        String action,
        int status,
        String resourceType,
        String resource,
        String organization,
        String actor,
        String request,
        String entry,
        byte[] salts,
        Map<SealedField, String> values) {
    /** Reads an event of the log of that name. */
    public static CopiedEvent of(String log, PlacedEvent placed) {
        JsonNode entry = ApiJson.mapper().readTree(placed.entry());
        return new CopiedEvent(
                log,
                placed.index(),
                Hash.leaf(placed.entry()).toString(),
                text(entry, "id"),
                Instant.parse(text(entry, "time")),
                text(entry, "action"),
                entry.path("status_code").asInt(0),
                text(entry, "resource_type"),
                text(entry, "resource_id"),
                text(entry, "organization_id"),
                text(entry, "user_id"),
                text(entry, "request_id"),
                new String(placed.entry(), UTF_8),
                placed.salts(),
                placed.values());
    }

    private static String text(JsonNode entry, String name) {
        JsonNode value = entry.get(name);
        return value == null ? "" : value.asString("");
    }

    /** A value of a sealed field, empty for none. */
    public String value(SealedField field) {
        return values.getOrDefault(field, "");
    }

    /** Whether what was tried was done. */
    public boolean isSuccess() {
        return status < 400;
    }

    /** The same without anything that people typed, for a receiver that refuses it as it is. The proof stays whole. */
    public CopiedEvent bare() {
        return new CopiedEvent(
                log,
                index,
                leafHash,
                id,
                time,
                action,
                status,
                resourceType,
                resource,
                organization,
                actor,
                request,
                entry,
                salts,
                Map.of());
    }
}
