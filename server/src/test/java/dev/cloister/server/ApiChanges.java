package dev.cloister.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What of an older API document a newer one breaks. */
final class ApiChanges {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private ApiChanges() {}

    /** Operations, fields of answers and accepted fields of requests that are gone or have another type. */
    static List<String> breaking(JsonNode before, JsonNode after) {
        var known = facts(before);
        var now = facts(after);
        var broken = new ArrayList<String>();
        known.forEach((fact, type) -> {
            String current = now.get(fact);
            if (current == null) {
                broken.add(fact + " is gone");
            } else if (!current.equals(type) && !type.equals("any")) {
                broken.add(fact + " was " + type + " and is " + current);
            }
        });
        return broken;
    }

    private static Map<String, String> facts(JsonNode document) {
        var facts = new TreeMap<String, String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method ->
                                operation(document, method.getKey() + " " + path.getKey(), method.getValue(), facts)));
        return facts;
    }

    private static void operation(JsonNode document, String name, JsonNode operation, Map<String, String> facts) {
        facts.put(name, "operation");
        for (JsonNode parameter : operation.path("parameters")) {
            facts.put(name + " parameter " + parameter.path("name").asString(), "parameter");
        }
        body(document, name + " takes ", operation.path("requestBody"), facts);
        operation.path("responses").properties().stream()
                .filter(answer -> answer.getKey().compareTo("400") < 0)
                .forEach(
                        answer -> body(document, name + " answers " + answer.getKey() + " ", answer.getValue(), facts));
    }

    private static void body(JsonNode document, String prefix, JsonNode holder, Map<String, String> facts) {
        holder.path("content")
                .properties()
                .forEach(content -> schema(document, prefix, content.getValue().path("schema"), facts, List.of()));
    }

    private static void schema(
            JsonNode document, String path, JsonNode schema, Map<String, String> facts, List<String> inside) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString().replaceFirst(".*/", "");
            if (!inside.contains(name)) {
                var deeper = new ArrayList<>(inside);
                deeper.add(name);
                schema(document, path, document.at("/components/schemas/" + name), facts, deeper);
            }
            return;
        }
        if (schema.has("anyOf")) {
            schema.path("anyOf").forEach(one -> {
                if (!one.path("type").asString("").equals("null")) {
                    schema(document, path, one, facts, inside);
                }
            });
            return;
        }
        facts.put(path, type(schema));
        schema.path("properties")
                .properties()
                .forEach(field -> schema(document, path + "." + field.getKey(), field.getValue(), facts, inside));
        if (schema.has("items")) {
            schema(document, path + "[]", schema.path("items"), facts, inside);
        }
        if (schema.path("additionalProperties").isObject()) {
            schema(document, path + ".*", schema.path("additionalProperties"), facts, inside);
        }
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.get(0).asString() : type.asString("any");
    }
}
