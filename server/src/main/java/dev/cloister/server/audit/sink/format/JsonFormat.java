package dev.cloister.server.audit.sink.format;

import dev.cloister.contract.proof.Commitment;
import dev.cloister.server.audit.CanonicalJson;
import dev.cloister.server.audit.SealedField;
import dev.cloister.server.audit.log.SignedHead;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Our own form: the fields by the names of the API, and at the end the entry as it is hashed with what opens its
 * commitments, so that a file of these lines and the signed heads can be verified without the server.
 */
record JsonFormat() implements EventFormat {
    @Override
    public String wireName() {
        return "json";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public String event(CopiedEvent event) {
        return new JsonLine()
                .put("index", event.index())
                .put("leaf_hash", event.leafHash())
                .put("log", event.log())
                .put("id", event.id())
                .put("time", event.time().toString())
                .put("action", event.action())
                .put("status_code", event.status())
                .put("resource_type", event.resourceType())
                .put("resource_id", event.resource())
                .put("resource_target", event.value(SealedField.RESOURCE_TARGET))
                .put("organization_id", event.organization())
                .put("user_id", event.actor())
                .put("actor_name", event.value(SealedField.ACTOR_NAME))
                .put("ip", event.value(SealedField.IP))
                .put("user_agent", event.value(SealedField.USER_AGENT))
                .put("request_id", event.request())
                .raw("diff", event.value(SealedField.DIFF))
                .raw("additional_fields", event.value(SealedField.ADDITIONAL_FIELDS))
                .raw("entry", event.entry())
                .raw("opened", opened(event))
                .line();
    }

    private static String opened(CopiedEvent event) {
        var json = new StringBuilder("{");
        for (Map.Entry<SealedField, String> value : event.values().entrySet()) {
            int salt = value.getKey().ordinal() * Commitment.SALT_BYTES;
            json.append(json.length() == 1 ? "\"" : ",\"").append(value.getKey().wireName());
            json.append("\":[\"")
                    .append(Base64.getEncoder()
                            .encodeToString(Arrays.copyOfRange(event.salts(), salt, salt + Commitment.SALT_BYTES)))
                    .append("\",");
            CanonicalJson.string(value.getValue(), json);
            json.append(']');
        }
        return json.append('}').toString();
    }

    @Override
    public String head(String log, SignedHead head) {
        return new JsonLine()
                .put("checkpoint", head.note())
                .put("size", head.size())
                .put("log", log)
                .put("time", head.signedAt().toString())
                .line();
    }
}
