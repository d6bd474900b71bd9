package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The agent of a workspace: how it is connected, how far its start has come, and what it offers. */
public record WorkspaceAgent(
        UUID id,
        @Nullable UUID parentId,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant firstConnectedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant lastConnectedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant disconnectedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant startedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant readyAt,
        WorkspaceAgentStatus status,
        WorkspaceAgentLifecycle lifecycleState,
        String name,
        UUID resourceId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String instanceId,
        String architecture,
        Map<String, String> environmentVariables,
        String operatingSystem,
        int logsLength,
        boolean logsOverflowed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String directory,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String expandedDirectory,
        String version,
        String apiVersion,
        List<WorkspaceApp> apps,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, DERPRegion> latency,
        int connectionTimeoutSeconds,
        String troubleshootingUrl,
        List<AgentSubsystem> subsystems,
        WorkspaceAgentHealth health,
        List<DisplayApp> displayApps,
        List<WorkspaceAgentLogSource> logSources,
        List<WorkspaceAgentScript> scripts,
        WorkspaceAgentStartupScriptBehavior startupScriptBehavior) {}
