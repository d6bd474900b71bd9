package dev.cloister.server.connection;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.ListeningPort;
import dev.cloister.contract.agent.ListeningPorts;
import dev.cloister.contract.api.WorkspaceAgentListeningPort;
import dev.cloister.contract.api.WorkspaceAgentListeningPortsResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.connection.agent.AgentRepository;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.tunnel.ByteStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks agents on which ports of their workspaces something listens. */
final class ListeningPortQuery {
    /** Below are ports that no web application is on. */
    private static final int LOWEST = 9;

    private static final int HIGHEST = 65_535;
    private static final int LONGEST = 256 * 1024;
    private static final int LONGEST_NAME = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AgentRepository agents;
    private final StreamOpener opener;

    ListeningPortQuery(Transactions transactions, Authorizer authorizer, AgentRepository agents, StreamOpener opener) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.agents = agents;
        this.opener = opener;
    }

    /** The ports now, without those of the workspace's own applications, which are shown as such. */
    WorkspaceAgentListeningPortsResponse of(Caller caller, WorkspaceAgentId id) {
        var target = opener.find(caller, Action.READ, id);
        Set<Integer> known = known(
                transactions.read(tx -> agents.appAddresses(tx, authorizer.require(tx, caller, Action.READ, id))));
        if (target.server() == null) {
            throw new Failure.Invalid("The workspace's agent is not connected: it cannot tell its ports.");
        }
        ByteStream stream = opener.ask(caller, target, Channel.LISTENING_PORTS);
        return new WorkspaceAgentListeningPortsResponse(answer(stream).getPortsList().stream()
                .filter(port -> port.getPort() >= LOWEST && port.getPort() <= HIGHEST)
                .filter(port -> !known.contains(port.getPort()))
                .map(ListeningPortQuery::view)
                .toList());
    }

    private static Set<Integer> known(List<String> addresses) {
        var ports = new HashSet<Integer>();
        for (String address : addresses) {
            try {
                ports.add(URI.create(address).getPort());
            } catch (IllegalArgumentException e) {
                // no address, no port
            }
        }
        return ports;
    }

    private static WorkspaceAgentListeningPort view(ListeningPort port) {
        String name = port.getProcessName().replaceAll("\\p{Cntrl}", "");
        return new WorkspaceAgentListeningPort(
                name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME), "tcp", port.getPort());
    }

    /** The workspace is its owner's: what it answers is bounded in size and time. */
    private static ListeningPorts answer(ByteStream stream) {
        var watch = Thread.ofVirtual().name("listening-ports-watch").start(() -> {
            try {
                Thread.sleep(PATIENCE);
                stream.reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            byte[] bytes = stream.input().readNBytes(LONGEST);
            ListeningPorts ports = ListeningPorts.parseDelimitedFrom(new ByteArrayInputStream(bytes));
            return ports == null ? ListeningPorts.getDefaultInstance() : ports;
        } catch (IOException e) {
            throw Failure.Unavailable.badGateway("The workspace's agent did not tell its ports.");
        } finally {
            watch.interrupt();
            stream.close();
        }
    }
}
