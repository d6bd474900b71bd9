package dev.cloister.agent.ssh;

import java.io.IOException;
import java.util.Map;
import org.apache.sshd.common.Service;
import org.apache.sshd.common.ServiceFactory;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.apache.sshd.server.session.ServerSession;

/**
 * The SSH authentication service (RFC 4252) of a connection that a ticket has already authorised: the first request
 * succeeds, by the method {@code none} or any other. The library's own service refuses {@code none} on principle.
 */
final class TicketLogin extends AbstractCloseable implements Service {
    private static final String CONNECTION = "ssh-connection";

    private final ServerSession session;

    private TicketLogin(ServerSession session) {
        this.session = session;
    }

    static final class Factory implements ServiceFactory {
        @Override
        public String getName() {
            return "ssh-userauth";
        }

        @Override
        public Service create(Session session) {
            return new TicketLogin((ServerSession) session);
        }
    }

    @Override
    public void start() {}

    @Override
    public void process(int command, Buffer buffer) throws IOException {
        if (command != SshConstants.SSH_MSG_USERAUTH_REQUEST) {
            throw new SshException(
                    SshConstants.SSH2_DISCONNECT_PROTOCOL_ERROR, "unexpected message " + command + " during login");
        }
        var user = buffer.getString();
        var service = buffer.getString();
        if (!service.equals(CONNECTION)) {
            throw new SshException(SshConstants.SSH2_DISCONNECT_SERVICE_NOT_AVAILABLE, "no service " + service);
        }
        try {
            session.signalAuthenticationSuccess(user, service, buffer);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the login could not be completed", e);
        }
    }

    @Override
    public Session getSession() {
        return session;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of();
    }
}
