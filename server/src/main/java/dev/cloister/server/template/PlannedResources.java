package dev.cloister.server.template;

import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceAgentHealth;
import dev.cloister.contract.api.WorkspaceAgentLifecycle;
import dev.cloister.contract.api.WorkspaceAgentStartupScriptBehavior;
import dev.cloister.contract.api.WorkspaceAgentStatus;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.contract.api.WorkspaceResourceMetadata;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.PlannedResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a version would make, as the API shows it. There is nothing yet, so that the ids only tell the parts apart. */
final class PlannedResources {
    private PlannedResources() {}

    static List<WorkspaceResource> of(TemplateVersion version, List<PlannedResource> resources) {
        return resources.stream().map(resource -> resource(version, resource)).toList();
    }

    private static WorkspaceResource resource(TemplateVersion version, PlannedResource resource) {
        UUID id = id(version, resource.type() + "." + resource.name());
        return new WorkspaceResource(
                id,
                version.createdAt(),
                version.jobId().value(),
                WorkspaceTransition.START,
                resource.type(),
                resource.name(),
                resource.hide(),
                resource.icon(),
                resource.agents().stream()
                        .map(agent -> agent(version, id, agent))
                        .toList(),
                resource.metadata().stream()
                        .map(detail -> new WorkspaceResourceMetadata(detail.key(), detail.value(), detail.sensitive()))
                        .toList(),
                Math.max(0, resource.dailyCost()));
    }

    private static UUID id(TemplateVersion version, String name) {
        return UUID.nameUUIDFromBytes((version.id().value() + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    private static WorkspaceAgent agent(TemplateVersion version, UUID resource, AgentPlan agent) {
        return new WorkspaceAgent(
                id(version, "agent " + agent.name()),
                null,
                version.createdAt(),
                version.createdAt(),
                null,
                null,
                null,
                null,
                null,
                WorkspaceAgentStatus.CONNECTING,
                WorkspaceAgentLifecycle.CREATED,
                agent.name(),
                resource,
                "",
                agent.arch(),
                agent.environment(),
                agent.os(),
                0,
                false,
                agent.directory(),
                "",
                "",
                AgentRpc.VERSION,
                List.of(),
                Map.of(),
                0,
                "",
                List.of(),
                new WorkspaceAgentHealth(true, ""),
                List.of(),
                List.of(),
                List.of(),
                agent.startupBehavior() == AgentPlan.StartupBehavior.BLOCKING
                        ? WorkspaceAgentStartupScriptBehavior.BLOCKING
                        : WorkspaceAgentStartupScriptBehavior.NON_BLOCKING);
    }
}
