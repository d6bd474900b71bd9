package dev.cloister.server.platform.http;

import dev.cloister.server.platform.PemFiles;
import dev.cloister.server.platform.telemetry.RequestMeter;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The one port (or two, with TLS): Jetty with blocking handlers on virtual threads. */
public final class WebServer implements AutoCloseable {
    private static final int MAX_HEADERS = 32 * 1024;
    private static final long MAX_SOCKET_MESSAGE = 4L << 20;

    /**
     * An escaped slash or percent sign goes to apps as it stands (npm scopes, Git hosts), and to nothing else: see {@link
     * PlainPaths}.
     */
    private static final UriCompliance PATHS =
            UriCompliance.DEFAULT.with("APPS", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING);

    private final Server server;
    private final List<ServerConnector> connectors = new ArrayList<>();

    /** Where to listen with TLS. */
    public record Tls(InetSocketAddress address, Path certificate, Path key) {}

    public WebServer(Optional<InetSocketAddress> http, Optional<Tls> tls, List<Handler> handlers) {
        var threads = new QueuedThreadPool(64, 4);
        threads.setName("http");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        this.server = new Server(threads);
        server.setStopTimeout(Duration.ofSeconds(5).toMillis());
        var sequence = new Handler.Sequence(handlers);
        server.setHandler(new SecurityHeaders(sequence, tls.isPresent()));
        server.setErrorHandler(new ErrorAnswers());
        var container = ServerWebSocketContainer.ensure(server);
        container.setIdleTimeout(Duration.ofMinutes(2));
        container.setMaxBinaryMessageSize(MAX_SOCKET_MESSAGE);
        container.setMaxTextMessageSize(64 * 1024);
        container.setInputBufferSize(64 * 1024);
        container.setOutputBufferSize(64 * 1024);
        container.setAutoFragment(false);
        container.setMaxOutgoingFrames(1024);
        http.ifPresent(address -> add(new ServerConnector(server, plain()), address));
        tls.ifPresent(settings -> add(new ServerConnector(server, tlsContext(settings), plain()), settings.address()));
    }

    private static HttpConnectionFactory plain() {
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(MAX_HEADERS);
        configuration.setResponseHeaderSize(MAX_HEADERS);
        configuration.setUriCompliance(PATHS);
        configuration.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        configuration.setMinRequestDataRate(128);
        configuration.setOutputBufferSize(64 * 1024);
        var customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        configuration.addCustomizer(customizer);
        return new HttpConnectionFactory(configuration);
    }

    private static SslConnectionFactory tlsContext(Tls tls) {
        var context = new SslContextFactory.Server();
        context.setKeyStore(PemFiles.keyStore(tls.certificate(), tls.key()));
        context.setKeyStorePassword(PemFiles.PASSWORD);
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return new SslConnectionFactory(context, "http/1.1");
    }

    private void add(ServerConnector connector, InetSocketAddress address) {
        connector.setHost(
                address.getAddress() == null
                        ? address.getHostString()
                        : address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(Duration.ofMinutes(2).toMillis());
        connector.setAcceptQueueSize(1024);
        connector.setReuseAddress(true);
        server.addConnector(connector);
        connectors.add(connector);
    }

    /**
     * Starts listening.
     *
     * @throws BindException with a sentence that says what to do where an address is taken
     */
    public void start() throws Exception {
        try {
            server.start();
        } catch (IOException e) {
            server.stop();
            var cause = e.getCause() instanceof BindException bind ? bind : e;
            throw new BindException("cannot listen: " + cause.getMessage() + " (" + e.getMessage()
                    + "). Another program may use the port: end it, or choose another with --http-address.");
        }
    }

    /** The port that each address got, in the order plain, TLS. */
    public List<Integer> ports() {
        return connectors.stream().map(ServerConnector::getLocalPort).toList();
    }

    /**
     * Serves a connection that was accepted elsewhere in this process, such as on the socket of a workspace, as one to
     * the address without TLS.
     */
    public void adopt(SocketChannel connection) throws IOException {
        connection.configureBlocking(false);
        connectors.getFirst().getSelectorManager().accept(connection);
    }

    /** Stops accepting, lets running requests end for a few seconds. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the web server did not stop", e);
        }
    }

    /** The handler of the API and of everything else that is a route; whatever follows it sees plain paths only. */
    public static Handler routes(Routes routes, Authentication authentication, Origins origins, RateLimits limits) {
        return routes(routes, authentication, origins, limits, RequestMeter.NONE, "");
    }

    /**
     * The same, with somebody who is told of each answer.
     *
     * @param version told to clients in each answer
     */
    public static Handler routes(
            Routes routes,
            Authentication authentication,
            Origins origins,
            RateLimits limits,
            RequestMeter meter,
            String version) {
        return new Handler.Sequence(
                new PlainPaths(), new ApiHandler(routes, authentication, origins, limits, meter, version));
    }

    /** Headers that every answer of the platform's own origin has; an app's host is not the platform's origin. */
    private static final class SecurityHeaders extends Handler.Wrapper {
        private final boolean tls;

        SecurityHeaders(Handler inner, boolean tls) {
            super(inner);
            this.tls = tls;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var headers = response.getHeaders();
            headers.put("X-Content-Type-Options", "nosniff");
            headers.put("Referrer-Policy", "no-referrer");
            if (tls && request.isSecure()) {
                headers.put(HttpHeader.STRICT_TRANSPORT_SECURITY, "max-age=31536000");
            }
            return super.handle(request, response, callback);
        }
    }
}
