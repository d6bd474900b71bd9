package dev.cloister.server.template;

import dev.cloister.contract.api.DiagnosticExtra;
import dev.cloister.contract.api.DiagnosticSeverity;
import dev.cloister.contract.api.FriendlyDiagnostic;
import dev.cloister.contract.api.NullHCLString;
import dev.cloister.contract.api.PreviewParameter;
import dev.cloister.contract.api.PreviewParameterOption;
import dev.cloister.contract.api.PreviewParameterStyling;
import dev.cloister.contract.api.PreviewParameterValidation;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.workspacefile.FormTypes;
import dev.cloister.provisioner.workspacefile.ParameterValues;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parameter as a form shows it. */
final class PreviewParameters {
    private static final PreviewParameterStyling PLAIN = new PreviewParameterStyling(null, null, null, null);

    private PreviewParameters() {}

    /** @param input the answer so far, null for none */
    static PreviewParameter of(TemplateParameter parameter, @Nullable String input) {
        String value = input == null ? parameter.defaultValue() : input;
        return new PreviewParameter(
                parameter.name(),
                parameter.displayName(),
                parameter.description(),
                parameter.type().text(),
                FormTypes.shown(parameter),
                PLAIN,
                parameter.mutable(),
                text(parameter.defaultValue()),
                parameter.icon(),
                parameter.options().stream()
                        .map(option -> new PreviewParameterOption(
                                option.name(), option.description(), text(option.value()), option.icon()))
                        .toList(),
                validations(parameter),
                parameter.required(),
                parameter.order(),
                parameter.ephemeral(),
                text(value),
                remarks(parameter, value));
    }

    private static NullHCLString text(@Nullable String value) {
        return value == null ? new NullHCLString("", false) : new NullHCLString(value, true);
    }

    private static List<PreviewParameterValidation> validations(TemplateParameter parameter) {
        var validation = parameter.validation();
        return validation.equals(TemplateParameter.Validation.NONE)
                ? List.of()
                : List.of(new PreviewParameterValidation(
                        validation.error(),
                        validation.regex(),
                        validation.min(),
                        validation.max(),
                        validation.monotonic().isEmpty() ? null : validation.monotonic()));
    }

    private static List<FriendlyDiagnostic> remarks(TemplateParameter parameter, @Nullable String value) {
        if (value == null) {
            return List.of(error("A value is required.", parameter.displayName(), "required"));
        }
        return ParameterValues.problem(parameter, value)
                .map(problem -> List.of(error("The value cannot be used.", problem, "invalid")))
                .orElse(List.of());
    }

    private static FriendlyDiagnostic error(String summary, String detail, String code) {
        return new FriendlyDiagnostic(DiagnosticSeverity.ERROR, summary, detail, new DiagnosticExtra(code));
    }
}
