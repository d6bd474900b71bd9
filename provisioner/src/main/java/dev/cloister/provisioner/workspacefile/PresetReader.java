package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplatePreset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads the presets of a document that the schema accepted, and checks them against its parameters. */
final class PresetReader {
    private static final FieldPath ALL = FieldPath.ROOT.child("presets");

    private final YamlDocument document;
    private final Problems problems;

    PresetReader(YamlDocument document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    List<TemplatePreset> read(List<TemplateParameter> parameters) {
        var byName = parameters.stream().collect(Collectors.toMap(TemplateParameter::name, Function.identity()));
        var presets = new ArrayList<TemplatePreset>();
        var names = new HashSet<String>();
        var preferred = 0;
        for (var node : document.root().path("presets")) {
            var path = ALL.item(presets.size());
            var preset = preset(node, path, byName);
            if (!names.add(preset.name().toLowerCase(Locale.ROOT))) {
                add(path.child("name"), "is the name of another preset too; rename one");
            }
            if (preset.preferred() && ++preferred > 1) {
                add(path.child("default"), "is true for another preset already; one of them can be the default");
            }
            presets.add(preset);
        }
        return List.copyOf(presets);
    }

    private TemplatePreset preset(JsonNode node, FieldPath path, Map<String, TemplateParameter> parameters) {
        var values = new LinkedHashMap<String, String>();
        node.path("parameters").properties().forEach(entry -> {
            var field = path.child("parameters").child(entry.getKey());
            var value = entry.getValue().isArray()
                    ? entry.getValue().toString()
                    : document.text(field).orElse("");
            check(parameters, entry.getKey(), value, field);
            values.put(entry.getKey(), value);
        });
        return new TemplatePreset(
                node.path("name").asString(),
                node.path("description").asString(""),
                node.path("icon").asString(""),
                node.path("default").asBoolean(false),
                values);
    }

    private void check(Map<String, TemplateParameter> parameters, String name, String value, FieldPath field) {
        var parameter = parameters.get(name);
        if (parameter == null) {
            var guess = Spelling.closest(name, parameters.keySet());
            problems.add(
                    document.keyPlace(field),
                    field,
                    "is not a parameter of the template"
                            + guess.map(close -> "; did you mean \"" + close + "\"?")
                                    .orElse(""));
        } else {
            ParameterValues.problem(parameter, value).ifPresent(problem -> add(field, "would be refused: " + problem));
        }
    }

    private void add(FieldPath path, String message) {
        problems.add(document.place(path), path, message);
    }
}
