package dev.cloister.server.connection.agent;

import java.net.URI;
import java.util.UUID;

/** Where the connection of an agent is, as the database tells it. */
public sealed interface AgentPlace {
    /** It has none. */
    record Nowhere() implements AgentPlace {}

    /** It counts as connected to a process that has just died, or to this one, which is losing it. */
    record Lost() implements AgentPlace {}

    /**
     * Another process holds it.
     *
     * @param url where that process is reached by the others
     */
    record Elsewhere(UUID server, URI url) implements AgentPlace {}

    /** Another process holds it, and nobody has said how the others reach it. */
    record OutOfReach() implements AgentPlace {}
}
