package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import java.util.UUID;

/**
 * The workspace of a port.
 *
 * @param most to whom its template lets anything be open
 */
record SharedPlace(
        UUID workspace, String name, UUID organization, boolean deleted, WorkspaceAgentPortShareLevel most) {}
