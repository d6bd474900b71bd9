package dev.cloister.contract.api;

import java.time.Instant;

/** How long an agent took until its first connection. */
public record AgentConnectionTiming(
        Instant startedAt, Instant endedAt, TimingStage stage, String workspaceAgentId, String workspaceAgentName) {}
