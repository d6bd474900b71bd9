package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.WorkspaceSecret;
import dev.cloister.server.access.Permit;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.util.List;

/** What the owner of a workspace wants its agent to put into it as variables and files. */
@FunctionalInterface
public interface OwnerSecrets {
    List<WorkspaceSecret> of(ReadTx tx, Permit<WorkspaceAgentId> permit);
}
