package dev.cloister.server.connection.agent;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.server.workspace.WorkspaceId;
import java.util.Objects;
import java.util.UUID;

/**
 * What one connection of an agent may write: that agent's rows.
 *
 * @param session this connection; a later one of the same agent has another
 */
record AgentGrant(Permit<WorkspaceAgentId> permit, UUID session) {
    UUID agent() {
        return permit.idFor(Action.UPDATE_AGENT).value();
    }

    /** The agent itself, for what is decided anew at each call. */
    Caller.Agent caller() {
        return (Caller.Agent) permit.caller();
    }

    /** The workspace that the permit was decided on. */
    WorkspaceId workspace() {
        return new WorkspaceId(Objects.requireNonNull(permit.facts().id()));
    }
}
