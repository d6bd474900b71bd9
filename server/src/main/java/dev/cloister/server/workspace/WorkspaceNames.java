package dev.cloister.server.workspace;

import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.SqlStates;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The rules of what people call workspaces; the name is a host name inside. */
final class WorkspaceNames {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*");

    private WorkspaceNames() {}

    static void require(String name) {
        if (name.length() > 32 || !NAME.matcher(name).matches()) {
            throw new Failure.Invalid(
                    "Validation failed.", "name", "Must have 1 to 32 letters, digits and single hyphens between them.");
        }
    }

    /** Answers a name that the owner has given already with a conflict. */
    static <T> T taking(String name, Supplier<T> change) {
        try {
            return change.get();
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict(
                        "Workspace \"" + name + "\" already exists.",
                        List.of(new ValidationError("name", "This value is already in use and should be unique.")));
            }
            throw e;
        }
    }
}
