package dev.cloister.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A body for each operation, made from its schema in the API document and from what a field is called. */
final class ExampleBodies {
    private static final int DEEPEST = 6;
    private final JsonNode document;
    private final Map<String, String> ids;

    /** @param ids of things that are there, by the names that paths call them */
    ExampleBodies(JsonNode document, Map<String, String> ids) {
        this.document = document;
        this.ids = ids;
    }

    /** The body, an empty object where the operation takes none. */
    Object of(String method, String path) {
        JsonNode schema = document.path("paths")
                .path(path)
                .path(method.toLowerCase(java.util.Locale.ROOT))
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        return schema.isMissingNode() ? Map.of() : value(schema, "", 0);
    }

    private Object value(JsonNode schema, String name, int depth) {
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asString();
            return value(
                    document.path("components")
                            .path("schemas")
                            .path(reference.substring(reference.lastIndexOf('/') + 1)),
                    name,
                    depth);
        }
        if (schema.has("anyOf")) {
            return value(schema.get("anyOf").get(0), name, depth);
        }
        if (schema.has("enum")) {
            return constant(schema.get("enum"));
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asString() : type.asString("object")) {
            case "boolean" -> true;
            case "integer", "number" -> name.endsWith("_ms") || name.equals("lifetime") ? 7_200_000L : 1;
            case "array" ->
                depth > DEEPEST ? List.of() : List.of(value(schema.path("items"), singular(name), depth + 1));
            case "string" -> text(name, schema.path("format").asString(""));
            default -> object(schema, depth);
        };
    }

    private static Object constant(JsonNode constants) {
        for (JsonNode constant : constants) {
            if (!constant.asString().isEmpty()) {
                return constant.asString();
            }
        }
        return "";
    }

    private Object object(JsonNode schema, int depth) {
        var object = new LinkedHashMap<String, Object>();
        if (depth <= DEEPEST) {
            schema.path("properties")
                    .properties()
                    .forEach(property ->
                            object.put(property.getKey(), value(property.getValue(), property.getKey(), depth + 1)));
        }
        return object;
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private String text(String name, String format) {
        String known = ids.get(name.replaceAll("_id$|_", ""));
        if (known != null && !name.equals("organization") && (format.equals("uuid") || name.endsWith("_id"))) {
            return known;
        }
        return switch (format) {
            case "uuid" -> ids.get("organization");
            case "date-time" -> Instant.now().plus(3, ChronoUnit.HOURS).toString();
            case "date" -> "2030-01-01";
            case "uri" -> "https://example.com";
            default -> named(name);
        };
    }

    private static String named(String name) {
        return switch (name) {
            case "name", "username", "token_name", "workspace_name" -> "sweep";
            case "display_name", "description", "message", "title" -> "Sweep";
            case "email" -> "sweep@example.com";
            case "password", "new_password" -> "another-horse-battery";
            case "env_name" -> "SWEEP";
            case "file_path" -> "~/sweep";
            case "schedule" -> "CRON_TZ=UTC 30 9 * * 1-5";
            case "value" -> "sweep-value";
            case "url", "uri", "callback_url" -> "https://example.com";
            default -> "";
        };
    }
}
