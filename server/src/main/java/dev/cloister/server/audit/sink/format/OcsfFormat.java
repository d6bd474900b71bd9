package dev.cloister.server.audit.sink.format;

import dev.cloister.server.audit.SealedField;
import dev.cloister.server.audit.log.SignedHead;

/**
 * The Open Cybersecurity Schema Framework 1.8: sign-ins are Authentication (3002), changes Entity
 * Management (3004), everything else API Activity (6003). The entry is {@code raw_data}; its place is
 * {@code metadata.sequence}. What has no attribute there is in {@code unmapped}.
 */
record OcsfFormat() implements EventFormat {
    private static final String VERSION = "1.8.0";
    private static final int AUTHENTICATION = 3002;
    private static final int ENTITY_MANAGEMENT = 3004;
    private static final int API_ACTIVITY = 6003;
    private static final int OTHER = 99;

    @Override
    public String wireName() {
        return "ocsf";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public String event(CopiedEvent event) {
        int type = type(event);
        int activity = activity(event, type);
        var line = new JsonLine()
                .put("class_uid", type)
                .put("class_name", className(type))
                .put("category_uid", type / 1000)
                .put("category_name", type == API_ACTIVITY ? "Application Activity" : "Identity & Access Management")
                .put("activity_id", activity)
                .put("activity_name", event.action())
                .put("type_uid", type * 100L + activity)
                .put("time", event.time().toEpochMilli())
                .put("severity_id", event.isSuccess() ? 1 : 2)
                .put("severity", event.isSuccess() ? "Informational" : "Low")
                .put("status_id", event.isSuccess() ? 1 : 2)
                .put("status", event.isSuccess() ? "Success" : "Failure")
                .put("status_code", Integer.toString(event.status()))
                .put("message", Words.sentence(event));
        metadata(line, event.id(), event.log()).put("sequence", event.index()).end();
        user(line.begin("actor"), event).end();
        if (type == AUTHENTICATION) {
            user(line, event);
        }
        thing(line, event, type);
        String address = event.value(SealedField.IP);
        line.begin("src_endpoint")
                .put("ip", Words.isAddress(address) ? address : "")
                .put("name", address.isEmpty() ? "unknown" : Words.isAddress(address) ? "" : address)
                .end();
        line.begin("http_request")
                .put("uid", event.request())
                .put("user_agent", event.value(SealedField.USER_AGENT))
                .end();
        line.begin("unmapped")
                .put("leaf_hash", event.leafHash())
                .put("organization_id", event.organization())
                .put("diff", event.value(SealedField.DIFF))
                .put("additional_fields", event.value(SealedField.ADDITIONAL_FIELDS))
                .end();
        return line.put("raw_data", event.entry()).line();
    }

    private static JsonLine metadata(JsonLine line, String id, String log) {
        return line.begin("metadata")
                .put("version", VERSION)
                .put("uid", id)
                .put("log_name", log)
                .put("log_provider", "cloister")
                .begin("product")
                .put("name", "Cloister")
                .put("vendor_name", "Cloister")
                .end();
    }

    private static JsonLine user(JsonLine line, CopiedEvent event) {
        String name = event.value(SealedField.ACTOR_NAME);
        return line.begin("user")
                .put("uid", event.actor())
                .put("name", name.isEmpty() && event.actor().isEmpty() ? "anonymous" : name)
                .end();
    }

    private static void thing(JsonLine line, CopiedEvent event, int type) {
        switch (type) {
            case ENTITY_MANAGEMENT ->
                line.begin("entity")
                        .put("uid", event.resource())
                        .put("name", event.value(SealedField.RESOURCE_TARGET))
                        .put("type", event.resourceType())
                        .end();
            case API_ACTIVITY ->
                line.begin("api")
                        .put("operation", event.action() + " " + event.resourceType())
                        .end()
                        .raw(
                                "resources",
                                "["
                                        + new JsonLine()
                                                .put("uid", event.resource())
                                                .put("name", event.value(SealedField.RESOURCE_TARGET))
                                                .put("type", event.resourceType())
                                                .line()
                                        + "]");
            default -> line.begin("service").put("name", "Cloister").end();
        }
    }

    private static int type(CopiedEvent event) {
        return switch (event.action()) {
            case "login", "logout" -> AUTHENTICATION;
            case "create", "write", "delete", "register" -> ENTITY_MANAGEMENT;
            default -> API_ACTIVITY;
        };
    }

    private static String className(int type) {
        return switch (type) {
            case AUTHENTICATION -> "Authentication";
            case ENTITY_MANAGEMENT -> "Entity Management";
            default -> "API Activity";
        };
    }

    private static int activity(CopiedEvent event, int type) {
        return switch (event.action()) {
            case "login", "create", "register" -> 1;
            case "logout" -> 2;
            case "write" -> 3;
            case "delete" -> 4;
            default -> type == API_ACTIVITY ? OTHER : 0;
        };
    }

    @Override
    public String head(String log, SignedHead head) {
        var line = new JsonLine()
                .put("class_uid", API_ACTIVITY)
                .put("class_name", className(API_ACTIVITY))
                .put("category_uid", API_ACTIVITY / 1000)
                .put("category_name", "Application Activity")
                .put("activity_id", OTHER)
                .put("activity_name", "checkpoint")
                .put("type_uid", API_ACTIVITY * 100L + OTHER)
                .put("time", head.signedAt().toEpochMilli())
                .put("severity_id", 1)
                .put("severity", "Informational")
                .put("status_id", 1)
                .put("message", "the audit log of " + head.size() + " events was signed");
        metadata(line, "checkpoint-" + head.size(), log).end();
        return line.begin("actor")
                .put("app_name", "Cloister")
                .end()
                .begin("api")
                .put("operation", "checkpoint")
                .end()
                .begin("src_endpoint")
                .put("name", log)
                .end()
                .begin("unmapped")
                .put("size", head.size())
                .end()
                .put("raw_data", head.note())
                .line();
    }
}
