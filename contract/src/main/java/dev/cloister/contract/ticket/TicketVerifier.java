package dev.cloister.contract.ticket;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.TicketKey;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.ticket.TicketRefused.Reason;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The agent's side of a ticket: passes each valid ticket once, and nothing else. Safe for use by many threads. */
public final class TicketVerifier {
    private final Map<String, PublicKey> keys;
    private final UUID agentId;
    private final Clock clock;
    private final SpentTickets spent = new SpentTickets();

    /** @throws IllegalArgumentException if a key is not an Ed25519 public key */
    public TicketVerifier(Collection<TicketKey> keys, UUID agentId, Clock clock) {
        this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(TicketKey::getId, Tickets::readPublicKey));
        this.agentId = agentId;
        this.clock = clock;
    }

    /**
     * Reads the ticket if it opens {@code channel} on this agent now, and marks it used.
     *
     * @param port the port asked for on {@link Channel#PORT}; ignored on other channels
     */
    public Ticket verify(SignedTicket signed, Channel channel, int port) throws TicketRefused {
        var key = keys.get(signed.getKeyId());
        if (key == null) {
            throw new TicketRefused(Reason.UNKNOWN_KEY);
        }
        if (signed.getTicket().size() > Tickets.LONGEST) {
            throw new TicketRefused(Reason.MALFORMED);
        }
        // The signature comes first: nothing inside is looked at before it is known who wrote it.
        if (!Tickets.signedBy(signed, key)) {
            throw new TicketRefused(Reason.BAD_SIGNATURE);
        }
        var ticket = parse(signed);
        checkTimes(ticket);
        checkScope(ticket, channel, port);
        spent.spend(ticket.getId(), ticket.getExpiresAtMs() + Tickets.SKEW.toMillis(), clock.millis());
        return ticket;
    }

    private static Ticket parse(SignedTicket signed) throws TicketRefused {
        try {
            var ticket = Ticket.parseFrom(signed.getTicket());
            if (ticket.getId().isEmpty() || ticket.getUserId().size() != 16) {
                throw new TicketRefused(Reason.MALFORMED);
            }
            return ticket;
        } catch (InvalidProtocolBufferException _) {
            throw new TicketRefused(Reason.MALFORMED);
        }
    }

    private void checkTimes(Ticket ticket) throws TicketRefused {
        long now = clock.millis();
        long skew = Tickets.SKEW.toMillis();
        if (ticket.getIssuedAtMs() < 0 || ticket.getExpiresAtMs() < ticket.getIssuedAtMs()) {
            throw new TicketRefused(Reason.MALFORMED);
        }
        if (ticket.getExpiresAtMs() - ticket.getIssuedAtMs() > Tickets.LIFE.toMillis()) {
            throw new TicketRefused(Reason.LIVES_TOO_LONG);
        }
        if (ticket.getIssuedAtMs() > now + skew) {
            throw new TicketRefused(Reason.NOT_YET_VALID);
        }
        if (ticket.getExpiresAtMs() + skew < now) {
            throw new TicketRefused(Reason.EXPIRED);
        }
    }

    private void checkScope(Ticket ticket, Channel channel, int port) throws TicketRefused {
        if (!ticket.getAgentId().equals(UuidBytes.of(agentId))) {
            throw new TicketRefused(Reason.OTHER_AGENT);
        }
        if (!isChannel(channel) || !ticket.getChannelsList().contains(channel)) {
            throw new TicketRefused(Reason.OTHER_CHANNEL);
        }
        boolean anyPort = ticket.getPortsCount() == 0;
        if (channel == Channel.PORT
                && (port < 1
                        || port > 65_535
                        || !(anyPort || ticket.getPortsList().contains(port)))) {
            throw new TicketRefused(Reason.OTHER_PORT);
        }
    }

    private static boolean isChannel(Channel channel) {
        return channel != Channel.CHANNEL_UNSPECIFIED && channel != Channel.UNRECOGNIZED;
    }
}
