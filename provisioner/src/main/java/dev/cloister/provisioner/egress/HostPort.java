package dev.cloister.provisioner.egress;

import java.net.URI;
import java.util.Optional;

/** A destination: host and port. */
record HostPort(HostName host, int port) {
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads {@code host:port}.
     *
     * @param defaultPort where the port is left out; 0 demands one
     */
    static Optional<HostPort> parse(String authority, int defaultPort) {
        var colon = authority.lastIndexOf(':');
        var bracket = authority.lastIndexOf(']');
        if (colon <= bracket) {
            return defaultPort == 0 ? Optional.empty() : of(authority, defaultPort);
        }
        return port(authority.substring(colon + 1)).flatMap(port -> of(authority.substring(0, colon), port));
    }

    /** Where a URL leads, with the port of its scheme if it names none. */
    static HostPort of(URI url) {
        var port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return of(String.valueOf(url.getHost()), port)
                .orElseThrow(() -> new IllegalArgumentException("not a server's URL: " + url));
    }

    private static Optional<HostPort> of(String host, int port) {
        return HostName.parse(host).map(name -> new HostPort(name, port));
    }

    private static Optional<Integer> port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        var port = Integer.parseInt(text);
        return port >= 1 && port <= HIGHEST_PORT ? Optional.of(port) : Optional.empty();
    }

    @Override
    public String toString() {
        return host.inAuthority() + ":" + port;
    }
}
