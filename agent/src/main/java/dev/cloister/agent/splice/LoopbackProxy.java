package dev.cloister.agent.splice;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the host's forwarding proxy, which is a unix socket that the sandbox shows, as an HTTP proxy on loopback, where
 * every program knows how to use it. What may pass is the business of the proxy on the host.
 */
public final class LoopbackProxy implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackProxy.class);
    private static final int MOST_CONNECTIONS = 512;

    private final ServerSocketChannel listener;
    private final UnixDomainSocketAddress target;
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);

    private LoopbackProxy(ServerSocketChannel listener, Path target) {
        this.listener = listener;
        this.target = UnixDomainSocketAddress.of(target);
    }

    /**
     * Listens at once.
     *
     * @throws IOException if the port is taken: the agent must not go on then, since it would send its credential to
     *     whoever took it
     */
    public static LoopbackProxy start(int port, Path target) throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        var proxy = new LoopbackProxy(listener, target);
        Thread.ofVirtual().name("loopback-proxy").start(proxy::accept);
        return proxy;
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                places.acquire();
                serve(listener.accept());
            } catch (IOException e) {
                places.release();
                LOG.debug("the loopback proxy stopped accepting: {}", e.toString());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        Thread.ofVirtual().name("proxied").start(() -> {
            try (var local = new SocketStream(client)) {
                Splice.join(local, SocketStream.connect(target));
            } catch (IOException e) {
                LOG.warn("the way out of the workspace does not answer: {}", e.toString());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                places.release();
            }
        });
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
