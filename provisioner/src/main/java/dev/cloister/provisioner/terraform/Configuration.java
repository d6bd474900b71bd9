package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.provisioner.TemplateProblem;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TemplateVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The variables of a template's own files, which must have values before Terraform looks at anything. */
final class Configuration {
    private static final Set<String> PRIMITIVE = Set.of("string", "number", "bool", "any", "");

    private Configuration() {}

    /** Whether a template is Terraform's; what a {@code workspace.yaml} stands beside is only carried along. */
    static boolean isIn(TemplateSource source) {
        return source.file("workspace.yaml").isEmpty()
                && source.paths().stream().anyMatch(Configuration::isRootFile);
    }

    private static boolean isRootFile(String path) {
        return path.indexOf('/') < 0 && (path.endsWith(".tf") || path.endsWith(".tf.json") || path.endsWith(".tofu"));
    }

    /** In the order of their names. What cannot be read here is told by Terraform itself, with its place. */
    static List<TemplateVariable> variables(TemplateSource source) {
        var found = new TreeMap<String, TemplateVariable>();
        for (String path : source.paths()) {
            if (isRootFile(path) && !path.endsWith(".json")) {
                var text = new String(source.file(path).orElse(new byte[0]), UTF_8);
                for (TemplateVariable variable : new VariableBlocks(text).read()) {
                    found.put(variable.name(), variable);
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** The variables without a value. */
    static List<TemplateProblem> missing(List<TemplateVariable> variables, Map<String, String> given) {
        return variables.stream()
                .filter(variable -> variable.mustBeGiven() && !given.containsKey(variable.name()))
                .map(variable -> new TemplateProblem(
                        "variables",
                        0,
                        0,
                        variable.name(),
                        "has no default, and whoever imports the template must give it a value"))
                .toList();
    }

    /** Files that give the variables their values: names in the order in which Terraform reads them. */
    static Map<String, String> valueFiles(List<TemplateVariable> variables, Map<String, String> given) {
        var simple = new TreeMap<String, String>();
        var others = new ArrayList<String>();
        for (TemplateVariable variable : variables) {
            String value = given.get(variable.name());
            if (value == null) {
                continue;
            }
            if (PRIMITIVE.contains(variable.type())) {
                simple.put(variable.name(), value);
            } else {
                others.add(variable.name() + " = " + value);
            }
        }
        var files = new TreeMap<String, String>();
        // After every other file that gives values, so that these count.
        files.put("zzz_given.auto.tfvars.json", JsonMapper.shared().writeValueAsString(simple));
        if (!others.isEmpty()) {
            files.put("zzz_given.auto.tfvars", String.join("\n", others) + "\n");
        }
        return files;
    }
}
