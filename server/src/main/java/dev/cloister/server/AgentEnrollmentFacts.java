package dev.cloister.server;

import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.server.connection.TicketKeys;
import dev.cloister.server.workspace.Enrollment;
import java.net.URI;
import java.util.List;

/** What new agents are told: where this server is, and by which keys they check tickets. */
record AgentEnrollmentFacts(URI serverUrl, TicketKeys keys) implements Enrollment {
    @Override
    public List<TicketVerificationKey> ticketKeys() {
        return keys.verificationKeys();
    }

    @Override
    public String caCertificatesPem() {
        return "";
    }
}
