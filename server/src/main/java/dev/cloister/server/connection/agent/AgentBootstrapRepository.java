package dev.cloister.server.connection.agent;

import dev.cloister.server.audit.WriteTx;

/** The host keys that agents tell. */
final class AgentBootstrapRepository {
    /** False for an agent whose host key came from its build. */
    boolean keepHostKey(WriteTx tx, AgentGrant grant, String hostKey) {
        return tx.update("UPDATE workspace_agents SET ssh_host_key = :key WHERE id = :agent AND tells_host_key")
                        .bind("agent", grant.agent())
                        .bind("key", hostKey)
                        .execute()
                > 0;
    }
}
