package dev.cloister.provisioner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question that a template asks when a workspace is made; fields as in Coder's {@code TemplateVersionParameter}.
 *
 * @param defaultValue as text; present unless {@code required}
 * @param mutable whether a later build may change it
 * @param ephemeral whether it holds for one build only
 * @param formType the input that its author wants people to see; empty for the usual one of its type
 */
public record TemplateParameter(
        String name,
        String displayName,
        String description,
        Type type,
        @Nullable String defaultValue,
        boolean required,
        boolean mutable,
        boolean ephemeral,
        List<Option> options,
        Validation validation,
        String icon,
        int order,
        String formType) {
    public TemplateParameter {
        options = List.copyOf(options);
    }

    /** A parameter's type; values travel as text, lists as a JSON array of strings. */
    public enum Type {
        STRING("string"),
        NUMBER("number"),
        BOOL("bool"),
        LIST_OF_STRINGS("list(string)");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The name used in templates and by the API. */
        public String text() {
            return text;
        }
    }

    /** One of the values to choose from. */
    public record Option(String name, String description, String value, String icon) {}

    /**
     * Limits of a value.
     *
     * @param regex for strings
     * @param min for numbers
     * @param max for numbers
     * @param monotonic for numbers: {@code increasing} or {@code decreasing} where a later value may not go the other
     *     way; empty where it may
     * @param error what to say instead of a general sentence; may be empty
     */
    public record Validation(
            @Nullable String regex,
            @Nullable Integer min,
            @Nullable Integer max,
            String monotonic,
            String error) {
        public static final Validation NONE = new Validation(null, null, null, "", "");
    }
}
