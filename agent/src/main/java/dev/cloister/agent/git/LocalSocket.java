package dev.cloister.agent.git;

import dev.cloister.agent.splice.SocketStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unix socket on which the user's programs talk to the agent; a few at once, the others wait. */
final class LocalSocket implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSocket.class);
    private static final int MOST_AT_ONCE = 32;

    private final Path path;
    private final ServerSocketChannel listener;
    private final Conversation conversation;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    /** What is said on one connection. */
    @FunctionalInterface
    interface Conversation {
        void hold(SocketStream stream) throws IOException;
    }

    private LocalSocket(Path path, ServerSocketChannel listener, Conversation conversation) {
        this.path = path;
        this.listener = listener;
        this.conversation = conversation;
    }

    static LocalSocket listen(Path path, Conversation conversation) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        var socket = new LocalSocket(path, listener, conversation);
        Thread.ofVirtual().name("git-socket").start(socket::accept);
        return socket;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                places.acquire();
                var stream = new SocketStream(listener.accept());
                Thread.ofVirtual().name("git-talk").start(() -> talk(stream));
            } catch (IOException e) {
                places.release();
                LOG.debug("no more connections from Git: {}", e.toString());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void talk(SocketStream stream) {
        try (stream) {
            conversation.hold(stream);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a connection from Git ended: {}", e.toString());
        } finally {
            places.release();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        Files.deleteIfExists(path);
    }
}
