package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceAgentHealth;
import dev.cloister.contract.api.WorkspaceAgentLifecycle;
import dev.cloister.contract.api.WorkspaceAgentStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an agent is connected and well, from the times at which it was heard of. */
final class AgentState {
    /** An agent that is silent for longer has lost its connection, whatever the server believes. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private AgentState() {}

    /**
     * @param made when the build made it
     * @param patience how long the first connection may take; zero for as long as it likes
     */
    static WorkspaceAgentStatus status(
            Instant made,
            Duration patience,
            @Nullable Instant firstConnected,
            @Nullable Instant lastConnected,
            @Nullable Instant disconnected,
            Instant now) {
        if (firstConnected == null) {
            boolean overdue = !patience.isZero() && now.isAfter(made.plus(patience));
            return overdue ? WorkspaceAgentStatus.TIMEOUT : WorkspaceAgentStatus.CONNECTING;
        }
        Instant last = lastConnected == null ? firstConnected : lastConnected;
        if (disconnected != null && disconnected.isAfter(last)) {
            return WorkspaceAgentStatus.DISCONNECTED;
        }
        return now.isAfter(last.plus(SILENCE)) ? WorkspaceAgentStatus.DISCONNECTED : WorkspaceAgentStatus.CONNECTED;
    }

    static WorkspaceAgentHealth health(WorkspaceAgentStatus status, WorkspaceAgentLifecycle lifecycle) {
        if (status == WorkspaceAgentStatus.TIMEOUT) {
            return unwell("The agent takes too long to connect.");
        }
        if (status == WorkspaceAgentStatus.DISCONNECTED) {
            return unwell("The agent has lost its connection.");
        }
        return switch (lifecycle) {
            case START_ERROR -> unwell("A start-up script of the workspace failed.");
            case SHUTTING_DOWN, SHUTDOWN_TIMEOUT, SHUTDOWN_ERROR -> unwell("The agent is shutting down.");
            case OFF -> unwell("The agent has shut down.");
            case CREATED, STARTING, START_TIMEOUT, READY -> new WorkspaceAgentHealth(true, "");
        };
    }

    private static WorkspaceAgentHealth unwell(String reason) {
        return new WorkspaceAgentHealth(false, reason);
    }
}
