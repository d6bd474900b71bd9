package dev.cloister.server.template;

import dev.cloister.provisioner.TemplateParameter;
import java.util.List;
import java.util.UUID;

/**
 * A version that workspaces can be built from.
 *
 * @param deprecated what to tell people who would use the template; empty while it is in favour
 * @param settings what the template decides for its workspaces
 */
public record UsableVersion(
        TemplateId template,
        UUID organization,
        TemplateVersionId version,
        FileId file,
        List<TemplateParameter> parameters,
        String deprecated,
        TemplateSettings settings) {
    public UsableVersion {
        parameters = List.copyOf(parameters);
    }
}
