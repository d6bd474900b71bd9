package dev.cloister.server.template;

import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.TemplateVersionParameterOption;
import dev.cloister.provisioner.TemplateParameter;

/** Parameters as the API shows them. */
final class ParameterViews {
    private ParameterViews() {}

    static TemplateVersionParameter of(TemplateParameter parameter) {
        var validation = parameter.validation();
        String value = parameter.defaultValue();
        return new TemplateVersionParameter(
                parameter.name(),
                parameter.displayName(),
                parameter.description(),
                parameter.description(),
                parameter.type().text(),
                formType(parameter),
                parameter.mutable(),
                value == null ? "" : value,
                parameter.icon(),
                parameter.options().stream()
                        .map(option -> new TemplateVersionParameterOption(
                                option.name(), option.description(), option.value(), option.icon()))
                        .toList(),
                validation.error(),
                validation.regex() == null ? "" : validation.regex(),
                validation.min(),
                validation.max(),
                "",
                parameter.required(),
                parameter.ephemeral());
    }

    /** The input that suits the type, of those that Coder knows. */
    private static String formType(TemplateParameter parameter) {
        boolean choice = !parameter.options().isEmpty();
        return switch (parameter.type()) {
            case BOOL -> choice ? "radio" : "checkbox";
            case LIST_OF_STRINGS -> choice ? "multi-select" : "tag-select";
            case STRING, NUMBER -> choice ? "radio" : "input";
        };
    }
}
