package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplatePlan;
import dev.cloister.provisioner.TemplateProblem;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.workspacefile.ParameterValues;
import dev.cloister.provisioner.workspacefile.WorkspaceFile;
import dev.cloister.provisioner.workspacefile.WorkspaceSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From a template and parameters to what is to run. */
final class Planner {
    private static final String EXAMPLE = "example";

    private final Resources resources;

    Planner(Resources resources) {
        this.resources = resources;
    }

    TemplatePlan plan(TemplateSource source, Map<String, String> parameters) throws TemplateException {
        var file = WorkspaceFile.read(source);
        var spec = file.resolve(ParameterValues.withDefaults(file.parameters(), parameters), EXAMPLE, EXAMPLE);
        try {
            var limits = resources.limits(spec.resources());
            var resource = resources.running(spec, limits, Map.of(), "/bin/bash", null, List.of());
            return new TemplatePlan(
                    file.name(),
                    file.description(),
                    file.icon(),
                    file.variables(),
                    file.parameters(),
                    file.presets(),
                    List.of(resource),
                    spec.warnings());
        } catch (BuildException e) {
            throw new TemplateException(
                    new TemplateProblem(WorkspaceFile.NAME, 0, 0, "resources", String.valueOf(e.getMessage())));
        }
    }

    WorkspaceSpec order(BuildOrder order) throws BuildException {
        try {
            var file = WorkspaceFile.read(order.source());
            var problems = ParameterValues.problems(file.parameters(), order.parameters());
            if (!problems.isEmpty()) {
                throw new BuildException("The parameters cannot be used: "
                        + problems.entrySet().stream()
                                .map(problem -> problem.getKey() + ": " + problem.getValue())
                                .collect(Collectors.joining(" ")));
            }
            var values = ParameterValues.withDefaults(file.parameters(), order.parameters());
            return file.resolve(values, order.workspaceName(), order.ownerName());
        } catch (TemplateException e) {
            throw new BuildException("The template cannot be used. " + e.getMessage(), e);
        }
    }
}
