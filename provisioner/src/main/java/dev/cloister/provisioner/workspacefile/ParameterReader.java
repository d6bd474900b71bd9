package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplateParameter.Option;
import dev.cloister.provisioner.TemplateParameter.Validation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the parameters of a document that the schema accepted, and checks what a schema cannot say. */
final class ParameterReader {
    private static final FieldPath ALL = FieldPath.ROOT.child("parameters");

    private final YamlDocument document;
    private final Problems problems;
    private final Map<String, String> variables = new HashMap<>();

    ParameterReader(YamlDocument document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    List<TemplateParameter> read() {
        var parameters = new ArrayList<TemplateParameter>();
        var index = 0;
        for (var node : document.root().path("parameters")) {
            var path = ALL.item(index++);
            var parameter = parameter(node, path);
            check(parameter, path, node);
            parameters.add(parameter);
        }
        return List.copyOf(parameters);
    }

    private TemplateParameter parameter(JsonNode node, FieldPath path) {
        var name = node.path("name").asString();
        var defaultValue = defaultValue(node, path.child("default"));
        return new TemplateParameter(
                name,
                node.path("display_name").asString(name),
                node.path("description").asString(""),
                type(node),
                defaultValue,
                node.path("required").asBoolean(defaultValue == null),
                node.path("mutable").asBoolean(false),
                node.path("ephemeral").asBoolean(false),
                options(node, path),
                validation(node),
                node.path("icon").asString(""),
                node.path("order").asInt(0),
                node.path("form_type").asString(""));
    }

    private static TemplateParameter.Type type(JsonNode node) {
        var text = node.path("type").asString("string");
        return Arrays.stream(TemplateParameter.Type.values())
                .filter(type -> type.text().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private @Nullable String defaultValue(JsonNode node, FieldPath path) {
        var value = node.path("default");
        if (value.isMissingNode()) {
            return null;
        }
        return value.isArray() ? value.toString() : document.text(path).orElse("");
    }

    private List<Option> options(JsonNode node, FieldPath path) {
        var options = new ArrayList<Option>();
        for (var option : node.path("options")) {
            var value = document.text(path.child("options").item(options.size()).child("value"))
                    .orElse("");
            options.add(new Option(
                    option.path("name").asString(value),
                    option.path("description").asString(""),
                    value,
                    option.path("icon").asString("")));
        }
        return options;
    }

    private static Validation validation(JsonNode node) {
        var validation = node.path("validation");
        return new Validation(
                validation.has("regex") ? validation.path("regex").asString() : null,
                limit(validation.path("min")),
                limit(validation.path("max")),
                validation.path("monotonic").asString(""),
                validation.path("error").asString(""));
    }

    private static @Nullable Integer limit(JsonNode node) {
        return node.canConvertToInt() ? Integer.valueOf(node.asInt()) : null;
    }

    private void check(TemplateParameter parameter, FieldPath path, JsonNode node) {
        var other = variables.put(References.variable(parameter.name()), parameter.name());
        if (other != null) {
            add(
                    path.child("name"),
                    "is the same as that of parameter " + other + " once written as "
                            + References.variable(parameter.name()) + "; rename one");
        }
        checkPresence(parameter, path);
        checkForm(parameter, path.child("form_type"));
        checkValidation(parameter, path.child("validation"), node.path("validation"));
        checkValues(parameter, path);
    }

    private void checkPresence(TemplateParameter parameter, FieldPath path) {
        if (parameter.required() && parameter.defaultValue() != null) {
            add(path.child("required"), "contradicts the default; remove one of them");
        }
        if (!parameter.required() && parameter.defaultValue() == null) {
            add(path.child("required"), "is false but there is no default; add one");
        }
        if (parameter.ephemeral() && (!parameter.mutable() || parameter.defaultValue() == null)) {
            add(path.child("ephemeral"), "needs \"mutable: true\" and a default, which holds for every other build");
        }
    }

    private void checkForm(TemplateParameter parameter, FieldPath path) {
        var suitable = FormTypes.of(parameter);
        if (!parameter.formType().isEmpty() && !suitable.contains(parameter.formType())) {
            add(path, "does not suit the parameter; choose one of " + String.join(", ", suitable));
        }
    }

    private void checkValidation(TemplateParameter parameter, FieldPath path, JsonNode node) {
        var validation = parameter.validation();
        if (validation.regex() != null) {
            if (parameter.type() != TemplateParameter.Type.STRING) {
                add(path.child("regex"), "is for parameters of type string only");
            }
            try {
                Pattern.compile(validation.regex());
            } catch (PatternSyntaxException e) {
                add(
                        path.child("regex"),
                        "is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
            }
        }
        for (var bound : List.of("min", "max")) {
            if (node.has(bound) && parameter.type() != TemplateParameter.Type.NUMBER) {
                add(path.child(bound), "is for parameters of type number only");
            } else if (node.has(bound) && !node.path(bound).canConvertToInt()) {
                add(path.child(bound), "is beyond 32 bits");
            }
        }
        if (!validation.monotonic().isEmpty() && parameter.type() != TemplateParameter.Type.NUMBER) {
            add(path.child("monotonic"), "is for parameters of type number only");
        }
        if (validation.min() != null && validation.max() != null && validation.min() > validation.max()) {
            add(path.child("min"), "is larger than max");
        }
    }

    private void checkValues(TemplateParameter parameter, FieldPath path) {
        var defaultValue = parameter.defaultValue();
        var regex = parameter.validation().regex();
        if (regex != null && !compiles(regex)) {
            return;
        }
        if (defaultValue != null) {
            ParameterValues.problem(parameter, defaultValue)
                    .ifPresent(problem -> add(path.child("default"), "would be refused: " + problem));
        }
        var item = 0;
        for (var option : parameter.options()) {
            var place = path.child("options").item(item++).child("value");
            var text = parameter.type() == TemplateParameter.Type.LIST_OF_STRINGS ? null : option.value();
            if (text != null) {
                ParameterValues.problem(parameter, text)
                        .ifPresent(problem -> add(place, "would be refused: " + problem));
            }
        }
    }

    private static boolean compiles(String regex) {
        try {
            Pattern.compile(regex);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private void add(FieldPath path, String message) {
        problems.add(document.place(path), path, message);
    }
}
