package dev.cloister.server.personal;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.util.Objects;
import java.util.UUID;

/** Whose things an agent may have: those of the owner of its workspace, by the facts that its permit was decided on. */
final class Owners {
    private Owners() {}

    static UUID of(Permit<WorkspaceAgentId> permit) {
        permit.idFor(Action.UPDATE_AGENT);
        return Objects.requireNonNull(permit.facts().owner(), "a workspace has an owner");
    }
}
