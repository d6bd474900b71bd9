package dev.cloister.server.connection.app;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** A web application as it may run in a workspace: shows what it gets, tries what it should not, streams, echoes. */
final class EchoApp implements AutoCloseable {
    final Semaphore goOn = new Semaphore(0);
    final AtomicInteger connections = new AtomicInteger();
    private final Server server;

    EchoApp() {
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
        server = new Server(threads);
        var configuration = new HttpConfiguration();
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        var connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        connector.addBean(new org.eclipse.jetty.io.Connection.Listener() {
            @Override
            public void onOpened(org.eclipse.jetty.io.Connection connection) {
                connections.incrementAndGet();
            }
        });
        server.addConnector(connector);
        var container = ServerWebSocketContainer.ensure(server);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                String path = Request.getPathInContext(request);
                switch (path) {
                    case "/socket" -> container.upgrade((up, down, done) -> new Echo(), request, response, callback);
                    case "/stream" -> stream(response, callback);
                    case "/evil" -> evil(response, callback);
                    case "/body" -> Content.copy(request, response, callback);
                    case "/early" -> {
                        response.setStatus(413);
                        response.write(true, ByteBuffer.allocate(0), callback);
                    }
                    case "/hang" -> {
                        goOn.acquire();
                        callback.succeeded();
                    }
                    default -> show(request, response, callback);
                }
                return true;
            }
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return ((NetworkConnector) server.getConnectors()[0]).getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The request as it arrived. */
    private static void show(Request request, Response response, Callback callback) {
        String seen = request.getMethod() + " " + request.getHttpURI().getPathQuery() + "\n" + request.getHeaders();
        response.getHeaders().put("Content-Type", "text/plain");
        response.write(true, ByteBuffer.wrap(seen.getBytes(StandardCharsets.ISO_8859_1)), callback);
    }

    private void stream(Response response, Callback callback) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Blocker.Callback written = Blocker.callback()) {
                response.write(false, ByteBuffer.wrap(("part" + i).getBytes(StandardCharsets.US_ASCII)), written);
                written.block();
            }
            goOn.acquire();
        }
        callback.succeeded();
    }

    private static void evil(Response response, Callback callback) {
        var headers = response.getHeaders();
        headers.add("Set-Cookie", "coder_session_token=stolen; Path=/; Domain=cloister.test");
        headers.add("Set-Cookie", "__Host-coder_session_token=stolen; Path=/; Secure");
        headers.add("Set-Cookie", "CLOISTER_APP_SESSION=mine; Path=/");
        headers.add("Set-Cookie", "wide=1; domain = .cloister.test; Path=/; HttpOnly");
        headers.add("Set-Cookie", "own=1; Path=/");
        headers.add("Set-Cookie", "; nameless=1");
        headers.add("Clear-Site-Data", "\"*\"");
        headers.add("Service-Worker-Allowed", "/");
        headers.add("Alt-Svc", "h3=\":443\"");
        headers.add("Content-Security-Policy", "default-src *");
        response.write(true, ByteBuffer.wrap("evil".getBytes(StandardCharsets.US_ASCII)), callback);
    }

    /** Public for Jetty. */
    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            getSession().sendText(message, org.eclipse.jetty.websocket.api.Callback.NOOP);
        }
    }

    @Override
    public void close() {
        goOn.release(1000);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
