package dev.cloister.server.notification.webpush;

import dev.cloister.provisioner.egress.AddressPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts to the push services of browsers (RFC 8030). Where these are is what people say, so that every address is checked
 * after resolution and the connection made to the very address that was checked; redirects lead nowhere.
 */
final class PushService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushService.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST_CONNECTIONS = 16;
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final ServerIdentity identity;
    private final HttpClient client;
    private final Duration timeout;

    /** What became of a message. */
    enum Outcome {
        TAKEN,
        /** The browser is no longer subscribed. */
        GONE,
        /** Never, whatever one tries. */
        REFUSED,
        LATER
    }

    PushService(ServerIdentity identity, AddressPolicy policy, Duration timeout) throws IOException {
        this.identity = identity;
        this.timeout = timeout;
        client = new HttpClient();
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setConnectTimeout(timeout.toMillis());
        client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
        client.setDefaultRequestContentType(null);
        client.setSocketAddressResolver(new Guarded(policy));
        try {
            client.start();
        } catch (Exception e) {
            throw new IOException("what posts to push services cannot be started: " + e.getMessage(), e);
        }
    }

    /**
     * @param topic a later message of the same replaces one that the browser has not fetched
     * @return how it went; never throws for what the other side does
     */
    Outcome push(Subscription to, byte[] message, UUID topic) throws InterruptedException {
        var key = CurveP256.publicKey(NewSubscription.bytes(to.key()).orElseThrow());
        byte[] auth = NewSubscription.bytes(to.auth().reveal()).orElseThrow();
        var request = client.newRequest(to.address())
                .method(HttpMethod.POST)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .headers(headers -> headers.put("TTL", Long.toString(KEPT.toSeconds()))
                        .put("Urgency", "normal")
                        .put("Topic", topic(topic))
                        .put(HttpHeader.CONTENT_ENCODING, "aes128gcm")
                        .put(HttpHeader.AUTHORIZATION, identity.authorization(to.address())))
                .body(new BytesRequestContent("application/octet-stream", PushCipher.encrypt(message, key, auth)));
        try {
            return outcome(new org.eclipse.jetty.client.CompletableResponseListener(request, LARGEST_ANSWER)
                    .send()
                    .get(timeout.toMillis() + 1000, TimeUnit.MILLISECONDS)
                    .getStatus());
        } catch (ExecutionException e) {
            return e.getCause() instanceof Refused ? Outcome.REFUSED : Outcome.LATER;
        } catch (TimeoutException e) {
            request.abort(new InterruptedIOException("no answer in time"));
            return Outcome.LATER;
        }
    }

    private static Outcome outcome(int status) {
        return switch (status) {
            case 200, 201, 202, 204 -> Outcome.TAKEN;
            case 404, 410 -> Outcome.GONE;
            case 408, 425, 429 -> Outcome.LATER;
            default -> status >= 500 ? Outcome.LATER : Outcome.REFUSED;
        };
    }

    /** At most 32 characters of base64url. */
    private static String topic(UUID id) {
        return id.toString().replace("-", "");
    }

    /** The address of a push service is one that this server must not connect to. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }
    }

    private record Guarded(AddressPolicy policy) implements SocketAddressResolver {
        @Override
        public void resolve(
                String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
            try {
                var all = Arrays.asList(InetAddress.getAllByName(host.replaceAll("^\\[|]$", "")));
                var open = all.stream()
                        .filter(address -> policy.refusal(address).isEmpty())
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
                if (open.isEmpty()) {
                    promise.failed(new Refused("the push service is at an address that is not public"));
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
            LOG.warn("what posts to push services did not end cleanly", e);
        }
    }
}
