package dev.cloister.server.connection;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.ticket.TicketIssuer;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.connection.agent.AgentRepository;
import dev.cloister.server.connection.agent.AgentTarget;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.tunnel.mux.MuxStream;
import java.util.Optional;
import java.util.UUID;

/** Opens streams into workspaces for people who may: finds the agent, issues the ticket, asks the agent. */
public final class StreamOpener {
    private static final UUID NOBODY = new UUID(0, 0);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AgentRepository agents;
    private final AgentReach reach;
    private final CredentialHolders holders;
    private final TicketIssuer tickets;

    StreamOpener(
            Transactions transactions,
            Authorizer authorizer,
            AgentRepository agents,
            AgentReach reach,
            CredentialHolders holders,
            TicketIssuer tickets) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.agents = agents;
        this.reach = reach;
        this.holders = holders;
        this.tickets = tickets;
    }

    /**
     * The agent of a running workspace.
     *
     * @throws Failure.NotFound where there is none that the caller may see
     * @throws Failure.Conflict where the workspace is not running with it
     */
    public AgentTarget find(Caller caller, Action action, WorkspaceAgentId agent) {
        AgentTarget target = transactions
                .read(tx -> agents.target(tx, authorizer.require(tx, caller, action, agent), action))
                .orElseThrow(Failure.NotFound::new);
        if (!target.current()) {
            throw new Failure.Conflict(
                    "The workspace is not running with this agent. Start it, or look at its " + "latest build.");
        }
        return target;
    }

    /** Why somebody with this credential must not, or no longer, be connected; empty where they may. */
    public Optional<String> objection(Caller.User caller, Action action, WorkspaceAgentId agent) {
        Optional<Caller.User> now = holders.current(caller.credentialId(), caller.origin());
        if (now.isEmpty()) {
            return Optional.of("the session has ended");
        }
        return transactions.read(tx -> {
            var permit = authorizer.check(tx, now.get(), action, agent);
            if (permit.isEmpty()) {
                return Optional.of("the right to this connection was withdrawn");
            }
            return agents.target(tx, permit.get(), action)
                            .filter(AgentTarget::current)
                            .isPresent()
                    ? Optional.<String>empty()
                    : Optional.of("the workspace is stopping");
        });
    }

    /**
     * Opens a stream.
     *
     * @param caller who may, by {@link #find} or by an app's sharing
     * @throws Failure.Unavailable where the agent cannot be reached or refuses
     */
    public MuxStream open(Caller caller, AgentTarget target, Wanted wanted) {
        int[] ports = wanted instanceof Wanted.Port port ? new int[] {port.number()} : new int[0];
        var request = wanted.request()
                .setTicket(ticket(caller, target, wanted.channel(), ports))
                .build();
        return reach.open(target, request);
    }

    /**
     * Asks the agent something that is no connection of anybody.
     *
     * @param caller who may, by {@link #find}
     * @throws Failure.Unavailable where the agent cannot be reached or refuses
     */
    MuxStream ask(Caller caller, AgentTarget target, Channel channel) {
        var request = OpenStream.newBuilder()
                .setChannel(channel)
                .setTicket(ticket(caller, target, channel))
                .build();
        return reach.open(target, request);
    }

    private SignedTicket ticket(Caller caller, AgentTarget target, Channel channel, int... ports) {
        var grant = Ticket.newBuilder()
                .setWorkspaceId(UuidBytes.of(target.workspace().value()))
                .setAgentId(UuidBytes.of(target.id().value()))
                .addChannels(channel)
                .setAllowFileTransfer(true)
                .setAllowLocalForwarding(true)
                .setAllowRemoteForwarding(true)
                .setAllowAgentForwarding(true);
        if (caller instanceof Caller.User user) {
            grant.setUserId(UuidBytes.of(user.subject().id()))
                    .setUsername(user.subject().username())
                    .setSessionId(user.credentialId());
        } else {
            grant.setUserId(UuidBytes.of(NOBODY));
        }
        for (int port : ports) {
            grant.addPorts(port);
        }
        return tickets.issue(grant.build());
    }
}
