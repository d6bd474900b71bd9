package dev.cloister.server.connection.agent;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Tells the database, and by it every other server process, which agents are connected here. */
public final class AgentPresence {
    private static final Caller.Job JOB = new Caller.Job("agent heartbeat", Set.of(), Origin.internal());

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AgentPresenceRepository repository;
    private final Replica replica;
    private final Clock clock;

    public AgentPresence(
            Transactions transactions,
            Authorizer authorizer,
            AgentPresenceRepository repository,
            Replica replica,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
        this.replica = replica;
        this.clock = clock;
    }

    /** What a new connection of the agent may write. */
    AgentGrant grant(Caller.Agent caller) {
        var id = new WorkspaceAgentId(caller.agentId());
        var permit = transactions.read(tx -> authorizer.require(tx, caller, Action.UPDATE_AGENT, id));
        return new AgentGrant(permit, UUID.randomUUID());
    }

    /** The agent can be reached through this connection. */
    void connected(AgentGrant grant) {
        transactions.change(grant.permit().caller(), tx -> {
            repository.connected(tx, grant, replica, clock.instant());
            tx.announce(Topics.WORKSPACE_CHANGED, grant.workspace().value().toString());
            return Changed.unaudited(grant, Unaudited.AGENT_REPORT);
        });
    }

    void disconnected(AgentGrant grant) {
        transactions.change(grant.permit().caller(), tx -> {
            boolean counted = repository.disconnected(tx, grant, clock.instant());
            if (counted) {
                tx.announce(Topics.WORKSPACE_CHANGED, grant.workspace().value().toString());
            }
            return Changed.unaudited(counted, Unaudited.AGENT_REPORT);
        });
    }

    /** Where the connection of an agent is now that somebody wants to be connected to. */
    public AgentPlace place(AgentTarget target) {
        return transactions.read(tx -> repository.place(tx, target, replica));
    }

    /** Renews what is connected here; returns the sessions among them that no other has replaced. */
    Set<UUID> heartbeat(Collection<AgentGrant> grants) {
        return transactions.change(
                JOB,
                tx -> Changed.unaudited(
                        grants.isEmpty() ? Set.of() : repository.heartbeat(tx, grants, clock.instant()),
                        Unaudited.AGENT_REPORT));
    }

    /** The agents among them whose workspace still wants them. */
    Set<UUID> entitled(Collection<AgentGrant> grants) {
        return grants.isEmpty() ? Set.of() : transactions.read(tx -> repository.entitled(tx, grants));
    }
}
