package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A script which an agent runs. The time limit is in nanoseconds, zero meaning none. */
public record WorkspaceAgentScript(
        UUID id,
        UUID logSourceId,
        String logPath,
        String script,
        String cron,
        boolean runOnStart,
        boolean runOnStop,
        boolean startBlocksLogin,
        long timeout,
        String displayName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer exitCode,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WorkspaceAgentScriptStatus status) {}
