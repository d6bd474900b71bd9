package dev.cloister.provisioner;

import java.util.List;

/**
 * What a template asks for and makes.
 *
 * @param name of the template as its author calls it; name, description and icon may be empty
 * @param resources with every parameter as given, or else at its default; no host keys yet
 * @param warnings about the template, in sentences
 */
public record TemplatePlan(
        String name,
        String description,
        String icon,
        List<TemplateVariable> variables,
        List<TemplateParameter> parameters,
        List<TemplatePreset> presets,
        List<PlannedResource> resources,
        List<String> warnings) {
    public TemplatePlan {
        variables = List.copyOf(variables);
        parameters = List.copyOf(parameters);
        presets = List.copyOf(presets);
        resources = List.copyOf(resources);
        warnings = List.copyOf(warnings);
    }
}
