package dev.cloister.server.connection.agent;

import dev.cloister.server.platform.sql.ReadTx;
import java.util.Optional;
import java.util.UUID;

/** Looks the token of an agent up. A credential makes a caller, so there is no permit yet. */
public final class AgentCredentialRepository {
    record Found(UUID agent, UUID workspace) {}

    Optional<Found> find(ReadTx tx, byte[] hashedToken) {
        return tx.query("""
                SELECT a.id, a.workspace_id
                FROM workspace_agents a
                JOIN workspaces w ON w.id = a.workspace_id AND NOT w.deleted
                JOIN workspace_builds b ON b.id = a.build_id AND b.transition = 'start'
                WHERE a.hashed_token = :hash
                  AND b.build_number = (SELECT max(build_number) FROM workspace_builds WHERE workspace_id = w.id)""")
                .bind("hash", hashedToken)
                .map((row, context) ->
                        new Found(row.getObject("id", UUID.class), row.getObject("workspace_id", UUID.class)))
                .findOne();
    }
}
