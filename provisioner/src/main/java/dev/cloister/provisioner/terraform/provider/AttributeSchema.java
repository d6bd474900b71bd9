package dev.cloister.provisioner.terraform.provider;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One argument or result of a block, with the rules for a value that a template gives it.
 *
 * @param type as JSON, such as {@code "string"} or {@code ["map","string"]}
 * @param replaces whether another value means another resource
 * @param fallback what it is where the template says nothing; null where that leaves it unset
 * @param conflicts other arguments of the same block that may not be given with it
 */
record AttributeSchema(
        String name,
        JsonNode type,
        boolean required,
        boolean optional,
        boolean computed,
        boolean sensitive,
        boolean replaces,
        String deprecation,
        Value fallback,
        List<String> conflicts,
        ValueRules rules) {
    boolean isNumber() {
        return type.isString() && type.asString().equals("number");
    }

    static AttributeSchema read(String name, JsonNode json) {
        String mode = json.path("mode").asString();
        return new AttributeSchema(
                name,
                json.path("type"),
                mode.equals("required"),
                mode.startsWith("optional"),
                mode.endsWith("computed"),
                json.path("sensitive").asBoolean(false),
                json.path("replaces").asBoolean(false),
                json.path("deprecated").asString(""),
                JsonValues.of(json.path("default")),
                BlockSchema.texts(json.path("conflicts")),
                ValueRules.read(json));
    }
}
