package dev.cloister.contract.ticket;

import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.Ticket;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.UUID;

/** Issues tickets on behalf of the server: gives each a fresh id and its times, and signs it. */
public final class TicketIssuer {
    private final String keyId;
    private final PrivateKey key;
    private final Clock clock;

    public TicketIssuer(String keyId, PrivateKey key, Clock clock) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
    }

    /** @param grant who, which agent, and what is allowed; id and times are replaced */
    public SignedTicket issue(Ticket grant) {
        long now = clock.millis();
        var ticket = grant.toBuilder()
                .setId(UUID.randomUUID().toString())
                .setIssuedAtMs(now)
                .setExpiresAtMs(now + Tickets.LIFE.toMillis())
                .build();
        return Tickets.sign(ticket, keyId, key);
    }

    @Override
    public String toString() {
        return "TicketIssuer[" + keyId + "]";
    }
}
