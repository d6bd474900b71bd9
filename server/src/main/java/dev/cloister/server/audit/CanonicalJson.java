package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.TreeMap;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/**
 * JSON in one form only: names sorted, no spaces, plain numbers. PostgreSQL stores documents in an order and with numbers
 * of its own; a commitment must hold for what comes back.
 */
public final class CanonicalJson {
    private static final ObjectReader READER =
            ApiJson.mapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private CanonicalJson() {}

    /** The canonical form of a document; empty for one that says nothing. */
    public static String of(String json) {
        if (json.equals("{}")) {
            return "";
        }
        var text = new StringBuilder();
        write(READER.readTree(json), text);
        return text.toString();
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isObject()) {
            object(node, text);
        } else if (node.isArray()) {
            char separator = '[';
            for (JsonNode element : node) {
                text.append(separator);
                write(element, text);
                separator = ',';
            }
            text.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
        } else if (node.isString()) {
            string(node.asString(), text);
        } else {
            text.append(node.isBoolean() ? Boolean.toString(node.booleanValue()) : "null");
        }
    }

    private static void object(JsonNode node, StringBuilder text) {
        var sorted = new TreeMap<String, JsonNode>();
        node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        text.append('{');
        boolean first = true;
        for (var entry : sorted.entrySet()) {
            if (!first) {
                text.append(',');
            }
            string(entry.getKey(), text);
            text.append(':');
            write(entry.getValue(), text);
            first = false;
        }
        text.append('}');
    }

    /** What steers a terminal, breaks a line or turns the direction of writing. */
    private static boolean isUnsafe(char character) {
        return character < ' '
                || character >= 0x7f && character <= 0x9f
                || character >= 0x2028 && character <= 0x202e
                || character >= 0x2066 && character <= 0x2069;
    }

    /** The same JSON document, in which nothing steers a terminal: such characters stand in texts only. */
    public static String plain(String json) {
        if (json.chars().noneMatch(character -> isUnsafe((char) character))) {
            return json;
        }
        var text = new StringBuilder(json.length() + 64);
        json.chars().forEach(character -> plain((char) character, text));
        return text.toString();
    }

    /** Appends a character, as its number where it steers a terminal or breaks a line. */
    public static void plain(char character, StringBuilder text) {
        if (isUnsafe(character)) {
            text.append("\\u").append(HexFormat.of().toHexDigits(character));
        } else {
            text.append(character);
        }
    }

    /** A text as JSON: quotes, backslashes and what a terminal would obey escaped, everything else as it is. */
    public static void string(String value, StringBuilder text) {
        text.append('"');
        for (int at = 0; at < value.length(); at++) {
            char character = value.charAt(at);
            if (character == '"' || character == '\\') {
                text.append('\\').append(character);
            } else {
                plain(character, text);
            }
        }
        text.append('"');
    }
}
