package dev.cloister.provisioner.terraform;

import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplateParameter.Option;
import dev.cloister.provisioner.TemplateParameter.Type;
import dev.cloister.provisioner.TemplateParameter.Validation;
import dev.cloister.provisioner.TemplatePreset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a template asks for: its parameters and presets, from the answers of its data sources. */
final class TemplateConversion {
    private TemplateConversion() {}

    static List<TemplateParameter> parameters(List<MadeResource> all) throws ConversionException {
        var parameters = new ArrayList<TemplateParameter>();
        Set<String> names = new HashSet<>();
        for (MadeResource source : all) {
            if (source.managed() || !source.type().equals("coder_parameter")) {
                continue;
            }
            if (!names.add(source.text("name"))) {
                throw new ConversionException("Two parameters have the name \"" + source.text("name") + "\".");
            }
            parameters.add(parameter(source));
        }
        parameters.sort(Comparator.comparingInt(TemplateParameter::order).thenComparing(TemplateParameter::name));
        return parameters;
    }

    private static TemplateParameter parameter(MadeResource source) {
        boolean optional = source.flag("optional");
        return new TemplateParameter(
                source.text("name"),
                source.text("display_name"),
                source.text("description"),
                type(source.text("type")),
                optional ? source.text("default") : null,
                !optional,
                source.flag("mutable"),
                source.flag("ephemeral"),
                options(source.values().path("option")),
                validation(source.values().path("validation").path(0)),
                source.text("icon"),
                source.number("order"),
                source.text("form_type"));
    }

    private static Type type(String name) {
        return Arrays.stream(Type.values())
                .filter(type -> type.text().equals(name))
                .findFirst()
                .orElse(Type.STRING);
    }

    private static List<Option> options(JsonNode blocks) {
        var options = new ArrayList<Option>();
        for (JsonNode block : blocks) {
            options.add(new Option(
                    block.path("name").asString(""),
                    block.path("description").asString(""),
                    block.path("value").asString(""),
                    block.path("icon").asString("")));
        }
        return options;
    }

    private static Validation validation(JsonNode block) {
        if (!block.isObject()) {
            return Validation.NONE;
        }
        String regex = block.path("regex").asString("");
        return new Validation(
                regex.isEmpty() ? null : regex,
                limit(block, "min"),
                limit(block, "max"),
                block.path("monotonic").asString(""),
                block.path("error").asString(""));
    }

    private static @Nullable Integer limit(JsonNode block, String name) {
        boolean given =
                block.path(name).isNumber() && !block.path(name + "_disabled").asBoolean(false);
        return given ? block.path(name).asInt() : null;
    }

    static List<TemplatePreset> presets(List<MadeResource> all) throws ConversionException {
        var presets = new ArrayList<TemplatePreset>();
        Set<String> names = new HashSet<>();
        for (MadeResource source : all) {
            if (source.managed() || !source.type().equals("coder_workspace_preset")) {
                continue;
            }
            if (!names.add(source.text("name"))) {
                throw new ConversionException("Two presets have the name \"" + source.text("name") + "\".");
            }
            var answers = new LinkedHashMap<String, String>();
            source.values()
                    .path("parameters")
                    .properties()
                    .forEach(entry ->
                            answers.put(entry.getKey(), entry.getValue().asString("")));
            presets.add(new TemplatePreset(
                    source.text("name"),
                    source.text("description"),
                    source.text("icon"),
                    source.flag("default"),
                    answers));
        }
        if (presets.stream().filter(TemplatePreset::preferred).count() > 1) {
            throw new ConversionException("Only one preset can be the default.");
        }
        return presets;
    }

    /** What is odd and no error. */
    static List<String> warnings(List<TemplateParameter> parameters, List<TemplatePreset> presets) {
        var known = new HashSet<String>();
        parameters.forEach(parameter -> known.add(parameter.name()));
        return presets.stream()
                .flatMap(preset -> preset.parameters().keySet().stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> "The preset \"" + preset.name() + "\" answers \"" + name
                                + "\", which the template does not ask."))
                .sorted()
                .toList();
    }
}
