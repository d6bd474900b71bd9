package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Flag;
import dev.cloister.provisioner.terraform.provider.Value.Many;
import dev.cloister.provisioner.terraform.provider.Value.Number;
import dev.cloister.provisioner.terraform.provider.Value.Text;
import java.io.IOException;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values as Terraform keeps them in a state: JSON. */
final class JsonValues {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonValues() {}

    /** @throws IOException for what is no JSON */
    static Value read(byte[] json) throws IOException {
        try {
            return of(JSON.readTree(json));
        } catch (JacksonException e) {
            throw new IOException("the state holds a value that cannot be read", e);
        }
    }

    static Value of(JsonNode node) {
        if (node.isString()) {
            return new Text(node.asString());
        }
        if (node.isBoolean()) {
            return new Flag(node.asBoolean());
        }
        if (node.isNumber()) {
            return new Number(node.decimalValue());
        }
        if (node.isArray()) {
            return new Many(node.values().stream().map(JsonValues::of).toList());
        }
        if (node.isObject()) {
            var fields = new LinkedHashMap<String, Value>();
            node.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
            return new Fields(fields);
        }
        return Value.NULL;
    }
}
