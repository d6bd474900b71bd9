package dev.cloister.contract.api;

import java.util.List;

/** Where the time of a build went, up to the workspace being ready. */
public record WorkspaceBuildTimings(
        List<ProvisionerTiming> provisionerTimings,
        List<AgentScriptTiming> agentScriptTimings,
        List<AgentConnectionTiming> agentConnectionTimings) {}
