package dev.cloister.server;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whether a JSON value is as a schema of the API document says: types, required fields, no field beside them. */
final class SchemaCheck {
    private SchemaCheck() {}

    static List<String> problems(JsonNode document, JsonNode schema, JsonNode value, String path) {
        var problems = new ArrayList<String>();
        check(document, schema, value, path, problems);
        return problems;
    }

    private static void check(JsonNode document, JsonNode schema, JsonNode value, String path, List<String> problems) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString().replaceFirst(".*/", "");
            check(document, document.at("/components/schemas/" + name), value, path, problems);
            return;
        }
        if (schema.has("anyOf")) {
            boolean any = schema.path("anyOf")
                    .valueStream()
                    .anyMatch(one -> problems(document, one, value, path).isEmpty());
            if (!any) {
                problems.add(path + " is none of " + schema);
            }
            return;
        }
        if (schema.isMissingNode()) {
            problems.add(path + " is described nowhere");
            return;
        }
        if (!schema.has("type")) {
            return;
        }
        var types = schema.path("type").isArray()
                ? schema.path("type").valueStream().map(JsonNode::asString).toList()
                : List.of(schema.path("type").asString());
        if (!types.contains(typeOf(value)) && !(types.contains("number") && value.isNumber())) {
            problems.add(path + " is " + typeOf(value) + " and not " + types);
            return;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            problems.add(path + " is " + value + ", which is not of " + schema.path("enum"));
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(document, schema.path("items"), value.get(i), path + "[" + i + "]", problems);
            }
        }
        if (value.isObject() && schema.has("properties")) {
            fields(document, schema, value, path, problems);
        }
    }

    private static void fields(JsonNode document, JsonNode schema, JsonNode value, String path, List<String> problems) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                problems.add(path + "." + name.asString() + " is absent");
            }
        }
        value.properties().forEach(field -> {
            JsonNode property = schema.path("properties").path(field.getKey());
            check(document, property, field.getValue(), path + "." + field.getKey(), problems);
        });
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case NULL -> "null";
            default -> "nothing";
        };
    }
}
