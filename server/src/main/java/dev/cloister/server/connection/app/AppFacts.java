package dev.cloister.server.connection.app;

import dev.cloister.contract.api.WorkspaceAppSharingLevel;
import dev.cloister.server.connection.agent.AgentTarget;

/**
 * An app of a running workspace, for the decision about a visitor.
 *
 * @param slugOrPort as it is on the log
 * @param port on the workspace's loopback interface
 * @param encrypted whether the application speaks TLS on the port
 * @param start path and query where the app begins, {@code /} for most
 */
record AppFacts(
        AgentTarget target,
        String slugOrPort,
        int port,
        String start,
        WorkspaceAppSharingLevel sharing,
        boolean isPort,
        boolean encrypted) {
    boolean isSameAs(AppFacts other) {
        return target.id().equals(other.target.id())
                && port == other.port
                && encrypted == other.encrypted
                && sharing == other.sharing;
    }
}
