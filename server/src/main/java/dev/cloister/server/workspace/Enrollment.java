package dev.cloister.server.workspace;

import dev.cloister.provisioner.TicketVerificationKey;
import java.net.URI;
import java.util.List;

/** What every new agent is told of this server. Asked at each build, because an address can be known late. */
public interface Enrollment {
    /** Where agents reach the server. */
    URI serverUrl();

    /** The keys by which agents check tickets. */
    List<TicketVerificationKey> ticketKeys();

    /** Extra authorities for the server's certificate; empty for the system's own. */
    String caCertificatesPem();
}
