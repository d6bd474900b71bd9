package dev.cloister.server.connection;

import dev.cloister.contract.agent.OpenStream;
import dev.cloister.server.connection.agent.AgentPlace;
import dev.cloister.server.connection.agent.AgentPresence;
import dev.cloister.server.connection.agent.AgentSessions;
import dev.cloister.server.connection.agent.AgentTarget;
import dev.cloister.server.connection.relay.RelayLinks;
import dev.cloister.server.platform.Failure;
import dev.cloister.tunnel.mux.MuxStream;
import java.time.Duration;
import java.util.Optional;

/** Opens streams to agents, whichever server process of the deployment they are connected to. */
final class AgentReach {
    /** A change that was not heard is found after this. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final AgentSessions sessions;
    private final AgentPresence presence;
    private final RelayLinks relays;
    private final Duration reconnection;

    /** @param reconnection how long a stream waits for an agent that has lost its connection to come back */
    AgentReach(AgentSessions sessions, AgentPresence presence, RelayLinks relays, Duration reconnection) {
        this.sessions = sessions;
        this.presence = presence;
        this.relays = relays;
        this.reconnection = reconnection;
    }

    /**
     * Opens a stream into the workspace through its agent. One that counts as connected, but to a process that is gone,
     * has most often lost it a moment ago: it is waited for.
     *
     * @throws Failure.Unavailable where the agent is not connected or out of reach, does not answer, or refuses
     */
    MuxStream open(AgentTarget target, OpenStream request) {
        long deadline = System.nanoTime() + reconnection.toNanos();
        boolean waited = false;
        while (true) {
            long known = sessions.changes();
            Optional<MuxStream> stream = sessions.openHere(target.id().value(), request);
            if (stream.isEmpty()) {
                stream = elsewhere(target, request, waited);
            }
            if (stream.isPresent()) {
                return stream.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new Failure.Unavailable(
                        "The workspace's agent has lost its connection and is expected back. Try again.", RETRY);
            }
            sessions.awaitChange(known, Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
            waited = true;
        }
    }

    private Optional<MuxStream> elsewhere(AgentTarget target, OpenStream request, boolean waited) {
        return switch (presence.place(target)) {
            case AgentPlace.Elsewhere place -> relays.open(place, target.id().value(), request);
            case AgentPlace.Lost lost -> Optional.empty();
            case AgentPlace.Nowhere nowhere -> {
                if (!waited) {
                    throw Failure.Unavailable.badGateway("The workspace's agent is not connected.");
                }
                yield Optional.empty();
            }
            case AgentPlace.OutOfReach outOfReach ->
                throw new Failure.Unavailable(
                        "The workspace's agent is connected to another server process of this deployment, and this one "
                                + "does not know how to reach that: its setting relay-url is empty. Try again.",
                        RETRY);
        };
    }
}
