package dev.cloister.provisioner;

import org.jspecify.annotations.Nullable;

/**
 * A value that whoever imports a template may set, for all its workspaces.
 *
 * @param type {@code string}, {@code number} or {@code bool}
 * @param defaultValue as text; null where the importer must give one
 */
public record TemplateVariable(
        String name,
        String description,
        String type,
        @Nullable String defaultValue) {
    /** Whether the importer must give a value. */
    public boolean mustBeGiven() {
        return defaultValue == null;
    }
}
