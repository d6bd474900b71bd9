package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplateVariable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the texts of one template may refer to, and the values of those references. */
final class References {
    private static final Pattern NOT_A_VARIABLE = Pattern.compile("[^A-Z0-9_]");

    private final Set<String> known;
    private final Map<String, String> values;

    private References(Set<String> known, Map<String, String> values) {
        this.known = known;
        this.values = values;
    }

    /** @param parameterValues may lack some, for a plan made before anybody chose */
    static References of(
            List<TemplateVariable> variables,
            Map<String, String> variableValues,
            List<TemplateParameter> parameters,
            Map<String, String> parameterValues,
            String workspaceName,
            String ownerName) {
        var known = parameters.stream()
                .map(parameter -> "parameters." + parameter.name())
                .collect(Collectors.toCollection(HashSet::new));
        variables.forEach(variable -> known.add("variables." + variable.name()));
        known.add("workspace.name");
        known.add("owner.name");
        var values = new HashMap<String, String>();
        variableValues.forEach((name, value) -> values.put("variables." + name, value));
        parameterValues.forEach((name, value) -> values.put("parameters." + name, value));
        values.put("workspace.name", workspaceName);
        values.put("owner.name", ownerName);
        return new References(known, values);
    }

    boolean knows(String reference) {
        return known.contains(reference);
    }

    /** Whether all values are there. */
    boolean resolves(TextTemplate text) {
        return text.references().allMatch(values::containsKey);
    }

    String fill(TextTemplate text) {
        return text.fill(name -> values.getOrDefault(name, ""));
    }

    String unknown(String reference) {
        return Spelling.closest(reference, known)
                .map(guess -> "refers to ${" + reference + "}, which does not exist; did you mean ${" + guess + "}?")
                .orElse("refers to ${" + reference + "}, which does not exist; known are "
                        + known.stream().sorted().map(name -> "${" + name + "}").collect(Collectors.joining(", ")));
    }

    /** The environment variable that carries a parameter. */
    static String variable(String parameter) {
        return "PARAM_"
                + NOT_A_VARIABLE.matcher(parameter.toUpperCase(Locale.ROOT)).replaceAll("_");
    }
}
