package dev.cloister.provisioner.workspacefile;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A document seen with its references filled in. */
final class FilledDocument {
    private final YamlDocument document;
    private final References references;
    private final Problems problems;

    FilledDocument(YamlDocument document, References references, Problems problems) {
        this.document = document;
        this.references = references;
        this.problems = problems;
    }

    JsonNode node(String field) {
        return document.root().path(field);
    }

    /** The texts of a list's entries, one result each. */
    <T> List<T> entries(JsonNode list, IntFunction<T> reader) {
        return IntStream.range(0, list.size()).mapToObj(reader).toList();
    }

    /** A scalar as text, filled in if its field is one that is. */
    Optional<String> text(FieldPath path) {
        return document.text(path)
                .map(text -> ReferenceCheck.isFilled(path) ? references.fill(TextTemplate.parse(text)) : text);
    }

    /** A scalar read into a value; a text that the reader refuses is a problem. */
    <T> Optional<T> value(FieldPath path, String expected, Function<String, Optional<T>> reader) {
        if (!isComplete(path)) {
            return Optional.empty();
        }
        return text(path).flatMap(text -> {
            var value = reader.apply(text);
            if (value.isEmpty()) {
                problem(path, "is \"" + shown(text) + "\", which is not " + expected);
            }
            return value;
        });
    }

    /** Whether all the field's references have values; without them there is nothing to check yet. */
    boolean isComplete(FieldPath path) {
        return !ReferenceCheck.isFilled(path)
                || document.text(path)
                        .map(TextTemplate::parse)
                        .map(references::resolves)
                        .orElse(true);
    }

    void problem(FieldPath path, String message) {
        problems.add(document.place(path), path, message);
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }
}
