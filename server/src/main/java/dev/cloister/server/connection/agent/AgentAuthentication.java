package dev.cloister.server.connection.agent;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Transactions;
import java.util.Optional;

/**
 * Finds the agent of a token. A token is good only while its build is the workspace's latest and started it: the next
 * build, whatever it does, ends it.
 */
public final class AgentAuthentication {
    private final Transactions transactions;
    private final AgentCredentialRepository credentials;

    public AgentAuthentication(Transactions transactions, AgentCredentialRepository credentials) {
        this.transactions = transactions;
        this.credentials = credentials;
    }

    /** The agent that holds {@code token}, empty where the token is unknown or no longer good. */
    public Optional<Caller.Agent> agent(Secret token, Origin origin) {
        byte[] hash = hash(token);
        return transactions
                .read(tx -> credentials.find(tx, hash))
                .map(found -> new Caller.Agent(found.agent(), found.workspace(), origin));
    }

    /** SHA-256 of the token's text, as {@code workspace_agents.hashed_token} holds it. A token is random: no salt. */
    public static byte[] hash(Secret token) {
        return Sha256.of(token.reveal());
    }
}
