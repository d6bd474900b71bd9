package dev.cloister.provisioner.terraform.provider;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The types of parameters: how their values look as text, and by which inputs people answer them. */
final class ParameterTypes {
    private static final Set<String> BOOLEANS =
            Set.of("1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "FALSE", "false", "False");
    private static final int MAXIMUM_DIGITS = 40;

    private ParameterTypes() {}

    /** The inputs that suit, the usual one first. */
    static List<String> forms(String type, boolean options) {
        return switch (type) {
            case "number" -> options ? List.of("radio", "dropdown") : List.of("input", "slider");
            case "bool" -> options ? List.of("radio", "dropdown") : List.of("checkbox", "switch");
            case "list(string)" -> options ? List.of("radio", "multi-select") : List.of("tag-select");
            default -> options ? List.of("radio", "dropdown") : List.of("input", "textarea");
        };
    }

    /** What is wrong with a text as a value of a type, as the end of a sentence. */
    static Optional<String> problem(String type, String value) {
        return switch (type) {
            case "number" -> isNumber(value) ? Optional.empty() : Optional.of("is no number: \"" + value + "\"");
            case "bool" ->
                BOOLEANS.contains(value)
                        ? Optional.empty()
                        : Optional.of("must be true or false, not \"" + value + "\"");
            case "list(string)" ->
                list(value).isPresent() ? Optional.empty() : Optional.of("must be a JSON list of texts");
            default -> Optional.empty();
        };
    }

    private static boolean isNumber(String value) {
        try {
            return value.length() <= MAXIMUM_DIGITS && new BigDecimal(value).precision() > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static Optional<List<String>> list(String value) {
        try {
            JsonNode node = JsonMapper.shared().readTree(value);
            return node.isArray() && node.values().stream().allMatch(JsonNode::isString)
                    ? Optional.of(node.values().stream().map(JsonNode::asString).toList())
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
