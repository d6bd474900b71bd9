package dev.cloister.provisioner.terraform.provider;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a value that a template gives must be like.
 *
 * @param oneOf the only texts allowed; empty for any
 * @param longest in bytes
 */
record ValueRules(
        List<String> oneOf,
        OptionalInt atLeast,
        OptionalInt atMost,
        OptionalInt shortest,
        OptionalInt longest,
        @Nullable Pattern matches,
        @Nullable ValueKind kind) {
    static ValueRules read(JsonNode json) {
        var pattern = json.path("matches").asString("");
        var kind = json.path("kind").asString("");
        return new ValueRules(
                BlockSchema.texts(json.path("oneOf")),
                number(json.path("atLeast")),
                number(json.path("atMost")),
                number(json.path("shortest")),
                number(json.path("longest")),
                pattern.isEmpty() ? null : Pattern.compile(pattern),
                kind.isEmpty() ? null : ValueKind.named(kind));
    }

    private static OptionalInt number(JsonNode node) {
        return node.isNumber() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
    }

    /** Checks a known value; others are checked once they are known. */
    void check(List<Object> path, Value value, Findings findings) {
        switch (value) {
            case Value.Text(var text) -> checkText(path, text, findings);
            case Value.Number(var number) -> checkNumber(path, number, findings);
            case Value.Null none -> {}
            case Value.Unknown unknown -> {}
            case Value.Flag flag -> {}
            case Value.Many many -> {}
            case Value.Fields fields -> {}
        }
    }

    private void checkText(List<Object> path, String text, Findings findings) {
        String name = "\"" + path.getLast() + "\"";
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (!oneOf.isEmpty() && !oneOf.contains(text)) {
            findings.error(path, name + " must be one of " + String.join(", ", oneOf) + ", not \"" + text + "\"");
        }
        if (bytes < shortest.orElse(0)) {
            findings.error(path, name + " must not be empty");
        }
        if (bytes > longest.orElse(Integer.MAX_VALUE)) {
            findings.error(path, name + " must have at most " + longest.orElse(0) + " bytes, and has " + bytes);
        }
        if (matches != null && !matches.matcher(text).find()) {
            findings.error(path, name + " must match " + matches.pattern() + ", which \"" + text + "\" does not");
        }
        if (kind != null) {
            kind.check(path, name, text, findings);
        }
    }

    private void checkNumber(List<Object> path, BigDecimal number, Findings findings) {
        String name = "\"" + path.getLast() + "\"";
        if (atLeast.isPresent() && number.compareTo(BigDecimal.valueOf(atLeast.getAsInt())) < 0) {
            findings.error(path, name + " must be at least " + atLeast.getAsInt());
        }
        if (atMost.isPresent() && number.compareTo(BigDecimal.valueOf(atMost.getAsInt())) > 0) {
            findings.error(path, name + " must be at most " + atMost.getAsInt());
        }
        if (kind == ValueKind.PREBUILD_LIFETIME) {
            ValueKind.checkLifetime(path, number, findings);
        }
    }
}
