package dev.cloister.server.connection.agent;

import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.server.workspace.WorkspaceId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent as the end of a connection.
 *
 * @param sshHostKey public half, in the form of an authorized-keys line
 * @param current whether its build is the workspace's latest and started it
 * @param server the server process that holds its connection, null where it has none
 */
public record AgentTarget(
        WorkspaceAgentId id,
        String name,
        WorkspaceId workspace,
        String workspaceName,
        UUID owner,
        String ownerName,
        UUID organization,
        String sshHostKey,
        boolean current,
        @Nullable UUID server) {}
