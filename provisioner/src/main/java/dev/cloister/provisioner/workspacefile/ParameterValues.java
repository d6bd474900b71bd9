package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplateParameter.Option;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks what a person chose against what a template allows. */
public final class ParameterValues {
    private static final int MAXIMUM_LENGTH = 8192;
    private static final int MAXIMUM_LIST = 200;
    private static final int MAXIMUM_DIGITS = 30;
    private static final JsonMapper JSON = new JsonMapper();

    private ParameterValues() {}

    /** What is wrong, by parameter name, in sentences; empty when every value will do. */
    public static SequencedMap<String, String> problems(
            List<TemplateParameter> parameters, Map<String, String> chosen) {
        var problems = new LinkedHashMap<String, String>();
        for (var parameter : parameters) {
            var value = Optional.ofNullable(chosen.get(parameter.name())).or(() -> ofDefault(parameter));
            value.map(text -> problem(parameter, text))
                    .orElse(Optional.of("A value is required."))
                    .ifPresent(problem -> problems.put(parameter.name(), problem));
        }
        var known = parameters.stream().map(TemplateParameter::name).collect(Collectors.toSet());
        chosen.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .limit(20)
                .forEach(name -> problems.put(name, "The template has no such parameter."));
        return problems;
    }

    /** All values, the defaults filled in where nothing was chosen and a default exists. */
    public static Map<String, String> withDefaults(List<TemplateParameter> parameters, Map<String, String> chosen) {
        var values = new LinkedHashMap<String, String>();
        for (var parameter : parameters) {
            Optional.ofNullable(chosen.get(parameter.name()))
                    .or(() -> ofDefault(parameter))
                    .ifPresent(value -> values.put(parameter.name(), value));
        }
        return values;
    }

    /** What is wrong with one value, as a sentence. */
    public static Optional<String> problem(TemplateParameter parameter, String value) {
        if (value.length() > MAXIMUM_LENGTH) {
            return Optional.of("The value is longer than " + MAXIMUM_LENGTH + " characters.");
        }
        if (value.indexOf('\0') >= 0) {
            return Optional.of("The value contains a NUL character.");
        }
        return switch (parameter.type()) {
            case STRING -> ofString(parameter, value);
            case NUMBER -> ofNumber(parameter, value);
            case BOOL ->
                value.equals("true") || value.equals("false")
                        ? Optional.empty()
                        : Optional.of("The value must be true or false.");
            case LIST_OF_STRINGS -> ofList(parameter, value);
        };
    }

    /** What is wrong with going from one value to another, for a parameter that may only grow or only shrink. */
    public static Optional<String> changeProblem(TemplateParameter parameter, String before, String after) {
        var monotonic = parameter.validation().monotonic();
        if (monotonic.isEmpty() || before.length() > MAXIMUM_DIGITS || after.length() > MAXIMUM_DIGITS) {
            return Optional.empty();
        }
        try {
            int way = new BigDecimal(after).compareTo(new BigDecimal(before));
            return monotonic.equals("increasing") ? less(way, before) : less(-way, before);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> less(int way, String before) {
        return way >= 0
                ? Optional.empty()
                : Optional.of("The number was " + before + " before and cannot be changed in that direction.");
    }

    private static Optional<String> ofDefault(TemplateParameter parameter) {
        return Optional.ofNullable(parameter.defaultValue());
    }

    private static Optional<String> ofString(TemplateParameter parameter, String value) {
        var regex = parameter.validation().regex();
        if (regex != null) {
            try {
                if (!BoundedPattern.find(Pattern.compile(regex), value)) {
                    return Optional.of(said(parameter, "The value does not match " + regex + "."));
                }
            } catch (BoundedPattern.TooMuchWork e) {
                return Optional.of("The template's pattern takes too long for this value; tell its author.");
            }
        }
        return ofOptions(parameter, value);
    }

    private static Optional<String> ofNumber(TemplateParameter parameter, String value) {
        var validation = parameter.validation();
        try {
            if (value.length() > MAXIMUM_DIGITS) {
                return Optional.of("The number has too many digits.");
            }
            var number = new BigDecimal(value);
            var low = validation.min() != null && number.compareTo(BigDecimal.valueOf(validation.min())) < 0;
            var high = validation.max() != null && number.compareTo(BigDecimal.valueOf(validation.max())) > 0;
            if (low || high) {
                return Optional.of(said(parameter, "The number must be " + range(validation) + "."));
            }
        } catch (NumberFormatException e) {
            return Optional.of("The value must be a number.");
        }
        return ofOptions(parameter, value);
    }

    private static String range(TemplateParameter.Validation validation) {
        if (validation.max() == null) {
            return "at least " + validation.min();
        }
        return validation.min() == null
                ? "at most " + validation.max()
                : "between " + validation.min() + " and " + validation.max();
    }

    private static Optional<String> ofList(TemplateParameter parameter, String value) {
        var items = list(value);
        if (items.isEmpty()) {
            return Optional.of("The value must be a JSON list of texts such as [\"a\", \"b\"], with at most "
                    + MAXIMUM_LIST + " entries.");
        }
        return items.get().stream()
                .map(item -> ofOptions(parameter, item))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<List<String>> list(String value) {
        try {
            var node = JSON.readTree(value);
            if (!node.isArray()
                    || node.size() > MAXIMUM_LIST
                    || !node.values().stream().allMatch(JsonNode::isString)) {
                return Optional.empty();
            }
            return Optional.of(node.values().stream().map(JsonNode::asString).toList());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ofOptions(TemplateParameter parameter, String value) {
        var options = parameter.options();
        if (options.isEmpty()
                || options.stream().anyMatch(option -> option.value().equals(value))) {
            return Optional.empty();
        }
        return Optional.of("The value must be one of "
                + options.stream().map(Option::value).limit(20).collect(Collectors.joining(", ")) + ".");
    }

    /** The author's own sentence knows better, with Coder's placeholders. */
    private static String said(TemplateParameter parameter, String sentence) {
        var validation = parameter.validation();
        return validation.error().isEmpty()
                ? sentence
                : validation.error().replace("{min}", "" + validation.min()).replace("{max}", "" + validation.max());
    }
}
