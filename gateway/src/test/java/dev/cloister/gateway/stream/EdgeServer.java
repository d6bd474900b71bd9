package dev.cloister.gateway.stream;

import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A real web server on loopback, blocking handlers on virtual threads. */
public final class EdgeServer implements AutoCloseable {
    private final Server server;
    private final ServerConnector connector;

    @FunctionalInterface
    public interface Blocking {
        void handle(Request request, Response response, Callback callback) throws Exception;
    }

    public EdgeServer(Blocking handler) throws Exception {
        var threads = new QueuedThreadPool(32, 4);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server = new Server(threads);
        server.setStopTimeout(0); // a graceful stop that takes longer than its limit would fail the test
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(32 * 1024);
        configuration.setResponseHeaderSize(32 * 1024);
        connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract(org.eclipse.jetty.util.thread.Invocable.InvocationType.BLOCKING) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                handler.handle(request, response, callback);
                return true;
            }
        });
        server.start();
    }

    /** Upgrades every request to a WebSocket of its own. */
    static EdgeServer sockets(java.util.function.Supplier<EdgeSocket> socket) throws Exception {
        return new EdgeServer((request, response, callback) -> {
            if (!socket.get().upgrade(request, response, callback)) {
                Response.writeError(request, response, callback, 400);
            }
        });
    }

    public int port() {
        return connector.getLocalPort();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port() + "/");
    }

    /** Idle time of connections that carry no WebSocket. */
    public void idleTimeout(long millis) {
        connector.setIdleTimeout(millis);
    }

    /** As a server does that is told to end: whoever is connected gets so long to go. */
    void stopGracefully(long millis) throws Exception {
        server.setStopTimeout(millis);
        server.stop();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
