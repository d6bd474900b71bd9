package dev.cloister.provisioner;

import dev.cloister.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * What the agent of a build needs to call home and to know whom to let in.
 *
 * @param serverUrl base URL of the server, as reached through the workspace's proxy
 * @param ticketKeys the server's keys for checking tickets
 * @param caCertificatesPem extra authorities for the server's certificate; empty for the system's own
 */
public record AgentEnrollment(
        UUID agentId, Secret token, URI serverUrl, List<TicketVerificationKey> ticketKeys, String caCertificatesPem) {
    public AgentEnrollment {
        ticketKeys = List.copyOf(ticketKeys);
    }

    public AgentEnrollment(UUID agentId, Secret token, URI serverUrl, List<TicketVerificationKey> ticketKeys) {
        this(agentId, token, serverUrl, ticketKeys, "");
    }
}
