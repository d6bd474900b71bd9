package dev.cloister.server.connection;

import dev.cloister.contract.api.ConnectionType;
import dev.cloister.server.access.Caller;
import dev.cloister.server.connection.agent.AgentTarget;
import java.time.Instant;
import java.util.UUID;

/**
 * A connection on the log.
 *
 * @param slugOrPort the app or port it leads to, empty for SSH and terminals
 */
record LoggedConnection(
        UUID id, Caller caller, AgentTarget target, ConnectionType type, String slugOrPort, Instant connectedAt) {}
