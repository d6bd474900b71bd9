package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The socket of one workspace and the connections that came through it. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int MOST_CONNECTIONS = 256;
    private static final int BACKLOG = 128;

    private final Path socket;
    private final ServerSocketChannel listener;
    private final Dialer dialer;
    private final Journal journal;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile EgressPolicy policy;

    private Gate(Path socket, ServerSocketChannel listener, EgressPolicy policy, Dialer dialer, Journal journal) {
        this.socket = socket;
        this.listener = listener;
        this.policy = policy;
        this.dialer = dialer;
        this.journal = journal;
    }

    /** Listens on a new socket, replacing one that an earlier process left. */
    static Gate open(Path socket, EgressPolicy policy, Dialer dialer, Journal journal) throws IOException {
        Files.deleteIfExists(socket);
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            ShortPath.bind(listener, socket, BACKLOG);
            // The workspace's own user connects; its directory keeps out everybody else.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
        var gate = new Gate(socket, listener, policy, dialer, journal);
        Thread.ofVirtual().name("egress-accept").start(gate::accept);
        return gate;
    }

    void policy(EgressPolicy changed) {
        policy = changed;
    }

    boolean isAt(Path path) {
        return socket.equals(path) && Files.exists(socket);
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                admit(listener.accept());
            } catch (IOException e) {
                if (listener.isOpen()) {
                    LOG.warn("The proxy of a workspace cannot accept a connection: {}", e.getMessage());
                    pause();
                }
            }
        }
    }

    /** Too many open files, say: trying again at once would only burn the processor. */
    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(SocketChannel client) throws IOException {
        if (connections.size() >= MOST_CONNECTIONS) {
            client.close();
            return;
        }
        var connection = new ProxyConnection(client, () -> policy, dialer, journal);
        connections.add(connection);
        Thread.ofVirtual().name("egress").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
    }

    void tick(long now) {
        connections.forEach(connection -> connection.tick(now));
    }

    void close() {
        try {
            listener.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            LOG.warn("The socket {} cannot be removed: {}", socket, e.getMessage());
        }
        connections.forEach(ProxyConnection::close);
    }
}
