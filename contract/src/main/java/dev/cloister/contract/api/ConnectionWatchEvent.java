package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has changed on the way to a connection with a workspace; exactly one of the components is present. */
public record ConnectionWatchEvent(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failure error,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BuildUpdate buildUpdate,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AgentUpdate agentUpdate) {
    /** How the latest build is. */
    public record BuildUpdate(WorkspaceTransition transition, ProvisionerJobStatus jobStatus) {}

    /** How an agent of it is. */
    public record AgentUpdate(WorkspaceAgentLifecycle lifecycle, UUID id) {}

    /** Why nothing more will come. */
    public record Failure(String code, String message, String details, boolean retryable) {}

    public static ConnectionWatchEvent of(BuildUpdate update) {
        return new ConnectionWatchEvent(null, update, null);
    }

    public static ConnectionWatchEvent of(AgentUpdate update) {
        return new ConnectionWatchEvent(null, null, update);
    }
}
