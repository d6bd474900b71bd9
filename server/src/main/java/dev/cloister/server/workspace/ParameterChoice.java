package dev.cloister.server.workspace;

import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.workspacefile.ParameterValues;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of a start: what was chosen now, over what the workspace had, over the template's defaults. */
final class ParameterChoice {
    private static final int MAX_CHOSEN = 500;

    private ParameterChoice() {}

    /**
     * The value of every parameter of the version.
     *
     * @param before the values of the previous build, empty for the first
     * @throws Failure.Invalid naming each parameter that is unknown, missing, out of range, or fixed since creation
     */
    static Map<String, String> values(
            List<TemplateParameter> parameters, Map<String, String> before, List<WorkspaceBuildParameter> chosen) {
        if (chosen.size() > MAX_CHOSEN) {
            throw new Failure.Invalid("Validation failed.", "rich_parameter_values", "Are too many.");
        }
        var problems = new ArrayList<ValidationError>();
        var values = kept(parameters, before);
        var seen = new LinkedHashMap<String, String>();
        for (WorkspaceBuildParameter choice : chosen) {
            if (seen.put(choice.name(), choice.value()) != null) {
                problems.add(new ValidationError(choice.name(), "Is given more than once."));
            }
        }
        for (TemplateParameter parameter : parameters) {
            String wanted = seen.get(parameter.name());
            String fixed = before.get(parameter.name());
            if (wanted == null || fixed == null || wanted.equals(fixed)) {
                continue;
            }
            if (!parameter.mutable() && !parameter.ephemeral()) {
                problems.add(
                        new ValidationError(parameter.name(), "Cannot be changed after the workspace was created."));
            } else {
                ParameterValues.changeProblem(parameter, fixed, wanted)
                        .ifPresent(problem -> problems.add(new ValidationError(parameter.name(), problem)));
            }
        }
        values.putAll(seen);
        ParameterValues.problems(parameters, values)
                .forEach((name, problem) -> problems.add(new ValidationError(name, problem)));
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("The parameters of the workspace are not valid.", "", problems);
        }
        return ParameterValues.withDefaults(parameters, values);
    }

    /** What holds on from build to build: answers to questions that the version still asks, unless for one build only. */
    private static Map<String, String> kept(List<TemplateParameter> parameters, Map<String, String> before) {
        Set<String> lasting = parameters.stream()
                .filter(parameter -> !parameter.ephemeral())
                .map(TemplateParameter::name)
                .collect(Collectors.toSet());
        var kept = new LinkedHashMap<>(before);
        kept.keySet().retainAll(lasting);
        return kept;
    }
}
