package dev.cloister.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Commitment;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an event is in the tree: its entry, which is hashed and never changes, and the random bytes of its commitments.
 *
 * @param entry one JSON object without spaces, at most some hundred bytes long
 * @param salts {@link Commitment#SALT_BYTES} for each of {@link SealedField}, in their order
 */
public record LogEntry(byte[] entry, byte[] salts) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ALL_SALTS = SealedField.values().length * Commitment.SALT_BYTES;

    /** What an entry says. Ids are null where there are none. */
    public record Facts(
            UUID id,
            Instant time,
            String action,
            int status,
            String resourceType,
            @Nullable UUID resource,
            @Nullable UUID organization,
            @Nullable UUID actor,
            UUID request,
            Map<SealedField, String> sealed) {
        /** The values of the sealed fields, documents in their canonical form; what is empty is not sealed. */
        public static Map<SealedField, String> sealed(
                String actorName, String address, String userAgent, String target, String diff, String additional) {
            var values = new EnumMap<SealedField, String>(SealedField.class);
            values.put(SealedField.ACTOR_NAME, actorName);
            values.put(SealedField.IP, address);
            values.put(SealedField.USER_AGENT, userAgent);
            values.put(SealedField.RESOURCE_TARGET, target);
            values.put(SealedField.DIFF, CanonicalJson.of(diff));
            values.put(SealedField.ADDITIONAL_FIELDS, CanonicalJson.of(additional));
            values.values().removeIf(String::isEmpty);
            return values;
        }
    }

    /** Seals an event with fresh salts. */
    public static LogEntry of(Facts facts) {
        byte[] salts = new byte[ALL_SALTS];
        RANDOM.nextBytes(salts);
        return of(facts, salts);
    }

    /** Seals an event again, to see whether it still is what it was. */
    public static LogEntry of(Facts facts, byte[] salts) {
        var json = clear(facts);
        json.append(",\"sealed\":{");
        var commitment = new Commitment();
        boolean first = true;
        for (var field : facts.sealed().entrySet()) {
            String name = field.getKey().wireName();
            json.append(first ? "\"" : ",\"").append(name).append("\":\"");
            int salt = field.getKey().ordinal() * Commitment.SALT_BYTES;
            json.append(commitment.to(name, salts, salt, field.getValue().getBytes(UTF_8)))
                    .append('"');
            first = false;
        }
        return new LogEntry(json.append("}}").toString().getBytes(UTF_8), salts);
    }

    /** The entry up to what is sealed. */
    private static StringBuilder clear(Facts facts) {
        var json = new StringBuilder(640).append("{\"v\":1");
        put(json, "id", facts.id());
        put(json, "time", facts.time().truncatedTo(ChronoUnit.MICROS));
        put(json, "action", facts.action());
        json.append(",\"status_code\":").append(facts.status());
        put(json, "resource_type", facts.resourceType());
        put(json, "resource_id", facts.resource());
        put(json, "organization_id", facts.organization());
        put(json, "user_id", facts.actor());
        put(json, "request_id", facts.request());
        return json;
    }

    /**
     * What of an event is another than its entry says: the name of a field that is in the clear, or of a sealed one whose
     * value is gone although it was not erased (the salt is there yet).
     */
    public static Optional<String> otherThan(byte[] entry, byte[] salts, Facts facts) {
        String text = new String(entry, UTF_8);
        int sealed = text.indexOf(",\"sealed\":{");
        var clear = clear(facts);
        if (sealed < 0 || !text.substring(0, sealed).contentEquals(clear)) {
            return Optional.of(firstDifference(
                    ApiJson.mapper().readTree(text), ApiJson.mapper().readTree(clear + "}")));
        }
        for (SealedField field : SealedField.values()) {
            if (!facts.sealed().containsKey(field)
                    && text.indexOf("\"" + field.wireName() + "\":", sealed) > 0
                    && !isErased(salts, field)) {
                return Optional.of(field.wireName());
            }
        }
        return Optional.empty();
    }

    private static String firstDifference(JsonNode entry, JsonNode facts) {
        for (var field : entry.properties()) {
            if (!field.getKey().equals("sealed") && !field.getValue().equals(facts.get(field.getKey()))) {
                return field.getKey();
            }
        }
        return facts.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !entry.has(name))
                .findFirst()
                .orElse("form");
    }

    private static boolean isErased(byte[] salts, SealedField field) {
        int from = field.ordinal() * Commitment.SALT_BYTES;
        for (int at = from; at < from + Commitment.SALT_BYTES; at++) {
            if (salts[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Ids, times and names of constants only: nothing that would have to be escaped. */
    private static void put(StringBuilder json, String name, @Nullable Object value) {
        if (value != null) {
            json.append(",\"").append(name).append("\":\"").append(value).append('"');
        }
    }
}
