package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateVariable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the variables of a document that the schema accepted, and the values that the importer gave them. */
final class VariableReader {
    private static final FieldPath ALL = FieldPath.ROOT.child("variables");
    private static final int MAXIMUM_VALUE = 8192;

    private final YamlDocument document;
    private final Problems problems;

    VariableReader(YamlDocument document, Problems problems) {
        this.document = document;
        this.problems = problems;
    }

    List<TemplateVariable> read() {
        var variables = new ArrayList<TemplateVariable>();
        var names = new HashSet<String>();
        for (var node : document.root().path("variables")) {
            var path = ALL.item(variables.size());
            var variable = new TemplateVariable(
                    node.path("name").asString(),
                    node.path("description").asString(""),
                    node.path("type").asString("string"),
                    document.text(path.child("default")).orElse(null));
            if (!names.add(variable.name())) {
                add(path.child("name"), "is the name of another variable too; rename one");
            }
            if (variable.defaultValue() != null && !suits(variable, variable.defaultValue())) {
                add(path.child("default"), "is not a " + variable.type());
            }
            variables.add(variable);
        }
        return List.copyOf(variables);
    }

    /** The value of every variable; what is missing or of the wrong type is a problem. */
    Map<String, String> values(List<TemplateVariable> variables, Map<String, String> given) {
        var values = new LinkedHashMap<String, String>();
        var index = 0;
        for (var variable : variables) {
            var path = ALL.item(index++);
            var value = Optional.ofNullable(given.get(variable.name()))
                    .or(() -> Optional.ofNullable(variable.defaultValue()))
                    .orElse(null);
            if (value == null) {
                add(path, "has no default, and no value was given for \"" + variable.name() + "\" at the import");
            } else if (!suits(variable, value)) {
                add(path, "was given a value for \"" + variable.name() + "\" that is not a " + variable.type());
            } else {
                values.put(variable.name(), value);
            }
        }
        return values;
    }

    private static boolean suits(TemplateVariable variable, String value) {
        if (value.length() > MAXIMUM_VALUE || value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            return false;
        }
        return switch (variable.type()) {
            case "number" -> value.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
            case "bool" -> value.equals("true") || value.equals("false");
            default -> true;
        };
    }

    private void add(FieldPath path, String message) {
        problems.add(document.place(path), path, message);
    }
}
