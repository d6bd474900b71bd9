package dev.cloister.provisioner.workspacefile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text with references in it, such as <code>${parameters.region}</code>; two dollar signs stand for a plain one. */
record TextTemplate(List<Part> parts) {
    /** What a template may refer to; anywhere else {@code ${...}} is left alone. */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\s*(parameters|variables|workspace|owner)\\.");

    private static final Pattern TOKEN = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]{0,200})}|\\$\\{");

    sealed interface Part {}

    record Literal(String text) implements Part {}

    /** @param name such as {@code parameters.region} */
    record Reference(String name) implements Part {}

    /** @throws IllegalArgumentException with a sentence for the author */
    static TextTemplate parse(String text) {
        var parts = new ArrayList<Part>();
        var token = TOKEN.matcher(text);
        var end = 0;
        while (token.find()) {
            parts.add(new Literal(text.substring(end, token.start())));
            end = token.end();
            if (token.group().equals("$${")) {
                parts.add(new Literal("${"));
            } else if (token.group(1) == null) {
                throw new IllegalArgumentException("has a ${ without its }; close it, or write $${ for a plain ${");
            } else {
                parts.add(new Reference(token.group(1).strip()));
            }
        }
        parts.add(new Literal(text.substring(end)));
        return new TextTemplate(List.copyOf(parts));
    }

    static boolean mentionsReference(String text) {
        return REFERENCE.matcher(text).find();
    }

    Stream<String> references() {
        return parts.stream().filter(Reference.class::isInstance).map(part -> ((Reference) part).name());
    }

    /** Values are inserted as they are and never read again. */
    String fill(Function<String, String> values) {
        return parts.stream()
                .map(part -> switch (part) {
                    case Literal literal -> literal.text();
                    case Reference reference -> values.apply(reference.name());
                })
                .collect(Collectors.joining());
    }
}
