package dev.cloister.provisioner.terraform.provider;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/** What may stand in a block, and what follows from it. */
record BlockSchema(SequencedMap<String, AttributeSchema> attributes, SequencedMap<String, Nested> blocks) {
    /**
     * Blocks within a block.
     *
     * @param set whether their order says nothing
     * @param maximum of them; 0 for any number
     * @param computed whether there are some even where the template has none
     */
    record Nested(
            String name,
            boolean set,
            int minimum,
            int maximum,
            boolean computed,
            boolean replaces,
            String deprecation,
            List<String> conflicts,
            BlockSchema content) {}

    static BlockSchema read(JsonNode json) {
        var attributes = new LinkedHashMap<String, AttributeSchema>();
        json.path("attributes")
                .properties()
                .forEach(field ->
                        attributes.put(field.getKey(), AttributeSchema.read(field.getKey(), field.getValue())));
        var blocks = new LinkedHashMap<String, Nested>();
        json.path("blocks")
                .properties()
                .forEach(field -> blocks.put(field.getKey(), nested(field.getKey(), field.getValue())));
        return new BlockSchema(attributes, blocks);
    }

    private static Nested nested(String name, JsonNode json) {
        return new Nested(
                name,
                json.path("nesting").asString().equals("set"),
                json.path("min").asInt(0),
                json.path("max").asInt(0),
                json.path("computed").asBoolean(false),
                json.path("replaces").asBoolean(false),
                json.path("deprecated").asString(""),
                texts(json.path("conflicts")),
                read(json));
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asString()));
        return List.copyOf(texts);
    }

    /**
     * The same value with exactly the fields of this block, so that a value that an older or newer release has written
     * can be read: what is missing is null, what is unknown here is left out, numbers are numbers.
     */
    Value.Fields fitted(Value.Fields given) {
        var fields = new LinkedHashMap<String, Value>();
        attributes.forEach((name, attribute) -> fields.put(name, fitted(attribute, given.get(name))));
        blocks.forEach((name, nested) -> fields.put(name, fitted(nested, given.get(name))));
        return new Value.Fields(fields);
    }

    private static Value fitted(AttributeSchema attribute, Value value) {
        if (attribute.isNumber() && value instanceof Value.Text(var text)) {
            try {
                return new Value.Number(new BigDecimal(text));
            } catch (NumberFormatException e) {
                return Value.NULL;
            }
        }
        return value;
    }

    private static Value fitted(Nested nested, Value value) {
        return switch (value) {
            case Value.Many(var values) ->
                new Value.Many(values.stream()
                        .map(each -> each instanceof Value.Fields fields
                                ? nested.content().fitted(fields)
                                : each)
                        .toList());
            case Value.Unknown unknown -> unknown;
            case Value.Null none -> new Value.Many(List.of());
            case Value.Text text -> new Value.Many(List.of());
            case Value.Flag flag -> new Value.Many(List.of());
            case Value.Number number -> new Value.Many(List.of());
            case Value.Fields fields -> new Value.Many(List.of());
        };
    }
}
