package dev.cloister.provisioner;

import java.util.Map;

/**
 * Answers to a template's parameters that its author has put together under a name.
 *
 * @param preferred whether it is chosen unless people choose otherwise; at most one of a template is
 * @param parameters values by parameter name; the other parameters are asked for as usual
 */
public record TemplatePreset(
        String name, String description, String icon, boolean preferred, Map<String, String> parameters) {
    public TemplatePreset {
        parameters = Map.copyOf(parameters);
    }
}
