package dev.cloister.server.platform.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to places that people name. Every address is judged after resolution, and the connection made to the very
 * address that was judged; redirects are not followed, and of an answer only its status counts.
 */
public final class OutgoingClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingClient.class);
    private static final int MOST_CONNECTIONS = 16;
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final HttpClient client = new HttpClient();
    private final Duration timeout;

    /** No address of a place is one that this server may connect to. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * @param allowed judges an address
     * @param timeout of one request
     */
    public OutgoingClient(Predicate<InetAddress> allowed, Duration timeout) {
        this.timeout = timeout;
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setConnectTimeout(timeout.toMillis());
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setSocketAddressResolver(new Judged(allowed));
        try {
            client.start();
        } catch (Exception e) {
            throw new IllegalStateException("what sends to other servers cannot be started", e);
        }
    }

    /**
     * Posts once.
     *
     * @return the status of the answer
     * @throws RefusedException where the place may not be connected to
     * @throws IOException where there is no answer in time
     */
    public int post(URI place, Map<String, String> headers, byte[] body) throws IOException, InterruptedException {
        var request = client.newRequest(place)
                .method(HttpMethod.POST)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(fields -> headers.forEach(fields::put))
                .body(new BytesRequestContent("application/octet-stream", body));
        try {
            return new CompletableResponseListener(request, LARGEST_ANSWER)
                    .send()
                    .get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS)
                    .getStatus();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        } catch (TimeoutException e) {
            request.abort(new InterruptedIOException("no answer in time"));
            throw new IOException("no answer in time", e);
        }
    }

    private record Judged(Predicate<InetAddress> allowed) implements SocketAddressResolver {
        @Override
        public void resolve(
                String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
            try {
                var open = Arrays.stream(InetAddress.getAllByName(host.replaceAll("^\\[|]$", "")))
                        .filter(allowed)
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
                if (open.isEmpty()) {
                    promise.failed(new RefusedException("it is at no address that may be connected to"));
                } else {
                    promise.succeeded(open);
                }
            } catch (UnknownHostException e) {
                promise.failed(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            LOG.warn("what sends to other servers did not end cleanly", e);
        }
    }
}
