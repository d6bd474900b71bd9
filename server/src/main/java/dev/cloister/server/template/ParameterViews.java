package dev.cloister.server.template;

import dev.cloister.contract.api.TemplateVersionParameter;
import dev.cloister.contract.api.TemplateVersionParameterOption;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.workspacefile.FormTypes;

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
                FormTypes.shown(parameter),
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
                validation.monotonic(),
                parameter.required(),
                parameter.ephemeral());
    }
}
