package dev.cloister.agent.ssh;

import dev.cloister.agent.splice.SocketStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.common.session.ConnectionService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket behind {@code SSH_AUTH_SOCK}, in a directory that only the user can enter. Each connection to it becomes a
 * channel to the client, who has the real agent.
 */
final class AgentSocket implements SshAgentServer {
    private static final Logger LOG = LoggerFactory.getLogger(AgentSocket.class);

    private final ConnectionService service;
    private final ServerSocketChannel listener;
    private final Path socket;

    private AgentSocket(ConnectionService service, ServerSocketChannel listener, Path socket) {
        this.service = service;
        this.listener = listener;
        this.socket = socket;
    }

    static AgentSocket listen(ConnectionService service) throws IOException {
        // Made with mode 0700.
        var directory = Files.createTempDirectory("cloister-agent-");
        var socket = directory.resolve("agent.sock");
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        var server = new AgentSocket(service, listener, socket);
        Thread.ofVirtual().name("agent-socket").start(server::accept);
        return server;
    }

    @Override
    public String getId() {
        return socket.toString();
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                open(listener.accept());
            } catch (IOException e) {
                LOG.debug("agent forwarding ends: {}", e.toString());
            }
        }
    }

    private void open(SocketChannel client) {
        Thread.ofVirtual()
                .name("agent-forward")
                .start(() -> ReverseChannel.open(service, "auth-agent@openssh.com", _ -> {}, new SocketStream(client)));
    }

    @Override
    public boolean isOpen() {
        return listener.isOpen();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.toAbsolutePath().getParent());
    }
}
