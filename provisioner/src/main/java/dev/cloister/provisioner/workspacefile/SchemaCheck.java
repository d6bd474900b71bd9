package dev.cloister.provisioner.workspacefile;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Holds a document against the schema and says the outcome in sentences of ours, with places. */
final class SchemaCheck {
    private final YamlDocument document;
    private final Problems problems;

    SchemaCheck(YamlDocument document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    void run() {
        for (var error : WorkspaceSchema.validate(document.root())) {
            var evaluated = error.getEvaluationPath().toString();
            if (evaluated.contains("/anyOf/")) {
                reportAlternatives(error);
            } else if (!evaluated.contains("/oneOf/")) {
                // The branches of that choice are told once, by the choice itself.
                report(error);
            }
        }
    }

    /** Each alternative complains for itself; what they have in common is said, and the same twice counts once. */
    private void reportAlternatives(Error error) {
        var location = error.getSchemaLocation().getFragment().toString();
        var owner = WorkspaceSchema.at(location.substring(0, location.indexOf("/anyOf/")));
        var path = path(error.getInstanceLocation());
        problems.add(document.place(path), path, "is not " + describe(owner));
    }

    private void report(Error error) {
        var path = path(error.getInstanceLocation());
        switch (error.getKeyword()) {
            case "required" -> {
                var missing = path.child(error.getProperty());
                problems.add(document.place(path), missing, "is missing; add it" + expected(property(error)));
            }
            case "additionalProperties" -> {
                var unknown = path.child(error.getProperty());
                problems.add(document.keyPlace(unknown), unknown, unknownField(error));
            }
            case "propertyNames" -> {
                var named = path.child(error.getProperty());
                var expected = describe(owner(error).path("propertyNames"));
                problems.add(document.keyPlace(named), named, "has a name that cannot be used; choose " + expected);
            }
            case "pattern" -> problems.add(document.place(path), path, mismatch(error));
            case "oneOf" ->
                problems.add(
                        document.place(path), path, "needs exactly one of " + choices(error) + "; keep one of them");
            default -> problems.add(document.place(path), path, broken(error));
        }
    }

    private static String unknownField(Error error) {
        var known = List.copyOf(owner(error).path("properties").propertyNames());
        var guess = Spelling.closest(error.getProperty(), known);
        return guess.map(name -> "is not a field here; did you mean \"" + name + "\"?")
                .orElse("is not a field here; known are " + String.join(", ", known));
    }

    private static String mismatch(Error error) {
        var description = describe(owner(error));
        return "is not " + (description.isEmpty() ? "of the right form" : description);
    }

    private static String broken(Error error) {
        var owner = owner(error);
        return switch (error.getKeyword()) {
            case "enum" -> "is not one of " + list(owner.path("enum").values());
            case "const" -> "must be " + owner.path("const").asString();
            case "maxItems" -> "has more than " + owner.path("maxItems").asInt() + " entries";
            case "minItems", "minProperties" -> "is empty; remove it or fill it in";
            case "maxProperties" ->
                "has more than " + owner.path("maxProperties").asInt() + " entries";
            case "type" -> "has the wrong type; it must be " + typeOf(owner);
            default -> mismatch(error);
        };
    }

    private static String typeOf(JsonNode owner) {
        var description = describe(owner);
        if (!description.isEmpty()) {
            return description;
        }
        return switch (owner.path("type").asString("")) {
            case "array" -> "a list";
            case "object" -> "a mapping of fields to values";
            case String other -> "a " + other;
        };
    }

    private static String choices(Error error) {
        return owner(error).path("oneOf").values().stream()
                .flatMap(branch -> branch.path("required").values().stream())
                .map(JsonNode::asString)
                .collect(Collectors.joining(", "));
    }

    private static JsonNode property(Error error) {
        return resolve(owner(error).path("properties").path(error.getProperty()));
    }

    private static String expected(JsonNode property) {
        var description = describe(property);
        return description.isEmpty() ? "" : ": " + description;
    }

    private static String describe(JsonNode owner) {
        return owner.path("description").asString("");
    }

    /** The schema object that holds the keyword which failed. */
    private static JsonNode owner(Error error) {
        var location = error.getSchemaLocation().getFragment().toString();
        return resolve(WorkspaceSchema.at(location.substring(0, location.lastIndexOf('/'))));
    }

    private static JsonNode resolve(JsonNode schema) {
        var reference = schema.path("$ref").asString("");
        return reference.startsWith("#") ? WorkspaceSchema.at(reference.substring(1)) : schema;
    }

    private static String list(Collection<JsonNode> values) {
        return values.stream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private static FieldPath path(NodePath location) {
        var path = FieldPath.ROOT;
        for (var element : Stream.iterate(0, i -> i < location.getNameCount(), i -> i + 1)
                .map(location::getElement)
                .toList()) {
            path = element instanceof Integer index ? path.item(index) : path.child(element.toString());
        }
        return path;
    }
}
