package dev.cloister.agent.ssh;

import dev.cloister.agent.splice.SocketStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens in the workspace for the client ({@code tcpip-forward}, RFC 4254, 7.1): on loopback, whatever address the
 * client names, as OpenSSH does without {@code GatewayPorts}. The address named is repeated in each connection's
 * message, since the client recognises its request by it.
 */
final class RemoteForwarding implements RequestHandler<ConnectionService> {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteForwarding.class);
    private static final int MOST = 64;

    private record Wanted(String address, int port) {}

    private final Map<Session, Map<Wanted, ServerSocketChannel>> listeners = new ConcurrentHashMap<>();

    @Override
    public Result process(ConnectionService service, String request, boolean wantReply, Buffer buffer)
            throws IOException {
        return switch (request) {
            case "tcpip-forward" -> listen(service, new Wanted(buffer.getString(), buffer.getInt()), wantReply);
            case "cancel-tcpip-forward" -> cancel(service, new Wanted(buffer.getString(), buffer.getInt()));
            default -> Result.Unsupported;
        };
    }

    private Result listen(ConnectionService service, Wanted wanted, boolean wantReply) throws IOException {
        var session = service.getSession();
        var own = listeners.computeIfAbsent(session, this::newSession);
        if (!TicketFilter.ticket(session).getAllowRemoteForwarding() || own.size() >= MOST || wanted.port > 65_535) {
            return Result.ReplyFailure;
        }
        ServerSocketChannel listener;
        try {
            listener = bind(wanted.port);
        } catch (IOException e) {
            LOG.debug("port {} cannot be forwarded: {}", wanted.port, e.toString());
            return Result.ReplyFailure;
        }
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        var actual = new Wanted(wanted.address, port);
        own.put(actual, listener);
        Thread.ofVirtual().name("remote-forward").start(() -> accept(service, listener, actual));
        if (wanted.port == 0 && wantReply) {
            var reply = session.createBuffer(SshConstants.SSH_MSG_REQUEST_SUCCESS);
            reply.putUInt(port);
            session.writePacket(reply);
            return Result.Replied;
        }
        return Result.ReplySuccess;
    }

    private static ServerSocketChannel bind(int port) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return listener;
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    private Result cancel(ConnectionService service, Wanted wanted) {
        var listener = listeners.getOrDefault(service.getSession(), Map.of()).remove(wanted);
        if (listener == null) {
            return Result.ReplyFailure;
        }
        close(listener);
        return Result.ReplySuccess;
    }

    private Map<Wanted, ServerSocketChannel> newSession(Session session) {
        session.addCloseFutureListener(_ -> {
            var left = listeners.remove(session);
            if (left != null) {
                left.values().forEach(RemoteForwarding::close);
            }
        });
        return new ConcurrentHashMap<>();
    }

    private static void accept(ConnectionService service, ServerSocketChannel listener, Wanted wanted) {
        try (listener) {
            while (true) {
                var client = listener.accept();
                Thread.ofVirtual().name("forwarded").start(() -> forward(service, wanted, client));
            }
        } catch (IOException _) {
            // The client has cancelled it, or gone.
        }
    }

    private static void forward(ConnectionService service, Wanted wanted, SocketChannel client) {
        var socket = new SocketStream(client);
        try {
            var origin = (InetSocketAddress) client.getRemoteAddress();
            ReverseChannel.open(
                    service,
                    "forwarded-tcpip",
                    buffer -> {
                        buffer.putString(wanted.address);
                        buffer.putUInt(wanted.port);
                        buffer.putString(origin.getAddress().getHostAddress());
                        buffer.putUInt(origin.getPort());
                    },
                    socket);
        } catch (IOException _) {
            socket.close();
        }
    }

    private static void close(ServerSocketChannel listener) {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("a listener did not close: {}", e.toString());
        }
    }
}
