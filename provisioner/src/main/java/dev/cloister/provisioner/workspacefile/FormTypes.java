package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateParameter;
import java.util.List;

/** The inputs by which people answer parameters, in the words of Coder's API. */
public final class FormTypes {
    private FormTypes() {}

    /** The inputs that suit a parameter, the usual one first. */
    static List<String> of(TemplateParameter parameter) {
        boolean choice = !parameter.options().isEmpty();
        return switch (parameter.type()) {
            case STRING -> choice ? List.of("radio", "dropdown") : List.of("input", "textarea");
            case NUMBER -> choice ? List.of("radio", "dropdown") : List.of("input", "slider");
            case BOOL -> choice ? List.of("radio", "dropdown") : List.of("checkbox", "switch");
            case LIST_OF_STRINGS -> choice ? List.of("multi-select") : List.of("tag-select");
        };
    }

    /** The input that the author chose, or the usual one. */
    public static String shown(TemplateParameter parameter) {
        return parameter.formType().isEmpty() ? of(parameter).getFirst() : parameter.formType();
    }
}
