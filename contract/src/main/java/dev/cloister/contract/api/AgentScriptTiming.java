package dev.cloister.contract.api;

import java.time.Instant;

/** How long one run of a script of an agent took. */
public record AgentScriptTiming(
        Instant startedAt,
        Instant endedAt,
        int exitCode,
        TimingStage stage,
        String status,
        String displayName,
        String workspaceAgentId,
        String workspaceAgentName) {}
