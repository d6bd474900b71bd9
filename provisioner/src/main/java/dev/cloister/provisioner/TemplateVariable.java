package dev.cloister.provisioner;

import org.jspecify.annotations.Nullable;

/**
 * A value that whoever imports a template may set, for all its workspaces.
 *
 * @param type {@code string}, {@code number} or {@code bool}; with Terraform any type in its own words
 * @param defaultValue as text; null where the importer must give one
 * @param sensitive whether its value must not be shown
 */
public record TemplateVariable(
        String name,
        String description,
        String type,
        @Nullable String defaultValue,
        boolean sensitive) {
    /** A variable whose value is no secret. */
    public TemplateVariable(String name, String description, String type, @Nullable String defaultValue) {
        this(name, description, type, defaultValue, false);
    }

    /** Whether the importer must give a value. */
    public boolean mustBeGiven() {
        return defaultValue == null;
    }
}
