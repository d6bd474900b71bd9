package dev.cloister.provisioner;

import java.util.Map;
import java.util.UUID;

/**
 * One build of one workspace.
 *
 * @param workspaceName also the host name inside; letters, digits and hyphens
 * @param parameters values by parameter name; absent ones take the template's default
 */
public record BuildOrder(
        UUID buildId,
        UUID workspaceId,
        String workspaceName,
        UUID ownerId,
        String ownerName,
        Transition transition,
        TemplateSource source,
        Map<String, String> parameters,
        AgentEnrollment agent,
        TerraformInput terraform) {
    public BuildOrder {
        parameters = Map.copyOf(parameters);
    }
}
