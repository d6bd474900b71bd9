package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceAgentLogSource;
import dev.cloister.contract.api.WorkspaceAgentScript;
import dev.cloister.contract.api.WorkspaceApp;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What belongs to agents, by agent. */
record AgentParts(
        Map<UUID, List<WorkspaceApp>> apps,
        Map<UUID, List<WorkspaceAgentScript>> scripts,
        Map<UUID, List<WorkspaceAgentLogSource>> logSources) {
    List<WorkspaceApp> appsOf(UUID agent) {
        return apps.getOrDefault(agent, List.of());
    }

    List<WorkspaceAgentScript> scriptsOf(UUID agent) {
        return scripts.getOrDefault(agent, List.of());
    }

    List<WorkspaceAgentLogSource> logSourcesOf(UUID agent) {
        return logSources.getOrDefault(agent, List.of());
    }
}
