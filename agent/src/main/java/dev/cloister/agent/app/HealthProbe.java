package dev.cloister.agent.app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Asks an app on loopback over HTTP whether it works: any answer below 500 will do. Redirects are not followed. */
final class HealthProbe {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int PATIENCE = (int) Duration.ofSeconds(5).toMillis();

    private final URI address;

    private HealthProbe(URI address) {
        this.address = address;
    }

    /** @throws IllegalArgumentException if {@code url} is not HTTP on loopback: nothing else is probed */
    static HealthProbe of(String url) {
        var address = URI.create(url);
        boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!http || address.getHost() == null || !LOOPBACK.contains(address.getHost())) {
            throw new IllegalArgumentException("a health check goes to http on loopback, not to " + url);
        }
        return new HealthProbe(address);
    }

    boolean healthy() {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            try {
                return connection.getResponseCode() < 500;
            } finally {
                connection.disconnect();
            }
        } catch (IOException _) {
            return false;
        }
    }
}
