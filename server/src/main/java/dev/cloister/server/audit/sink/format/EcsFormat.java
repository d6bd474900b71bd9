package dev.cloister.server.audit.sink.format;

import dev.cloister.server.audit.SealedField;
import dev.cloister.server.audit.log.SignedHead;

/**
 * The Elastic Common Schema. The entry as it is hashed is {@code event.original}, its hash in the tree {@code event.hash}
 * and its place {@code event.sequence}. Documents of changing shape are texts, so that no field has two types.
 */
record EcsFormat() implements EventFormat {
    private static final String VERSION = "8.17.0";

    @Override
    public String wireName() {
        return "ecs";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public String event(CopiedEvent event) {
        String address = event.value(SealedField.IP);
        return head(event.time().toString())
                .put("message", Words.sentence(event))
                .begin("event")
                .put("kind", "event")
                .raw("category", "[\"" + Words.ecsCategory(event) + "\"]")
                .raw("type", "[\"" + Words.ecsType(event) + "\"]")
                .put("action", event.action() + "-" + event.resourceType())
                .put("outcome", event.isSuccess() ? "success" : "failure")
                .put("dataset", "cloister.audit")
                .put("module", "cloister")
                .put("id", event.id())
                .put("sequence", event.index())
                .put("hash", event.leafHash())
                .put("original", event.entry())
                .end()
                .begin("user")
                .put("id", event.actor())
                .put("name", event.value(SealedField.ACTOR_NAME))
                .end()
                .begin("source")
                .put("address", address)
                .put("ip", Words.isAddress(address) ? address : "")
                .end()
                .begin("user_agent")
                .put("original", event.value(SealedField.USER_AGENT))
                .end()
                .begin("organization")
                .put("id", event.organization())
                .end()
                .begin("http")
                .begin("request")
                .put("id", event.request())
                .end()
                .begin("response")
                .put("status_code", event.status())
                .end()
                .end()
                .begin("cloister")
                .put("log", event.log())
                .put("resource_type", event.resourceType())
                .put("resource_id", event.resource())
                .put("resource_target", event.value(SealedField.RESOURCE_TARGET))
                .put("diff", event.value(SealedField.DIFF))
                .put("additional_fields", event.value(SealedField.ADDITIONAL_FIELDS))
                .end()
                .line();
    }

    @Override
    public String head(String log, SignedHead head) {
        return head(head.signedAt().toString())
                .put("message", "the audit log of " + head.size() + " events was signed")
                .begin("event")
                .put("kind", "state")
                .put("action", "checkpoint")
                .put("dataset", "cloister.audit_checkpoint")
                .put("module", "cloister")
                .put("original", head.note())
                .end()
                .begin("cloister")
                .put("log", log)
                .put("size", head.size())
                .end()
                .line();
    }

    private static JsonLine head(String time) {
        return new JsonLine()
                .put("@timestamp", time)
                .begin("ecs")
                .put("version", VERSION)
                .end();
    }
}
