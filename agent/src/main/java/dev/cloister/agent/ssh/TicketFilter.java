package dev.cloister.agent.ssh;

import dev.cloister.contract.agent.Ticket;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.forward.ForwardingFilter;

/**
 * What the library itself may forward: the client's agent, where the ticket allows it. Its port forwarding is not used,
 * because it ends a connection whole when one side has finished; see {@link DirectChannel} and {@link RemoteForwarding}.
 */
final class TicketFilter implements ForwardingFilter {
    static Ticket ticket(Session session) {
        return session.getIoSession().getAttribute(StreamSession.TICKET) instanceof Ticket ticket
                ? ticket
                : Ticket.getDefaultInstance();
    }

    @Override
    public boolean canForwardAgent(Session session, String request) {
        return ticket(session).getAllowAgentForwarding();
    }

    @Override
    public boolean canForwardX11(Session session, String request) {
        return false;
    }

    @Override
    public boolean canListen(SshdSocketAddress address, Session session) {
        return false;
    }

    @Override
    public boolean canConnect(Type type, SshdSocketAddress address, Session session) {
        return false;
    }
}
