package dev.cloister.server.platform.http;

import dev.cloister.server.access.Origin;
import dev.cloister.server.platform.Failure;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Where requests come from: the client's address through trusted proxies only, and the origin of the page that made a
 * browser send one.
 */
public final class Origins {
    private static final int MAX_USER_AGENT = 256;
    private static final String LOOPBACK = "127.0.0.1";

    private final Set<String> trustedProxies;
    private final Set<String> ownOrigins;

    /**
     * @param trustedProxies addresses whose {@code X-Forwarded-For} is believed
     * @param accessUrls the addresses of this deployment as people type them; their origins are ours
     */
    public Origins(List<String> trustedProxies, List<URI> accessUrls) {
        this.trustedProxies = Set.copyOf(trustedProxies);
        this.ownOrigins = Set.copyOf(accessUrls.stream().map(Origins::origin).toList());
    }

    private static String origin(URI url) {
        int port = url.getPort();
        boolean standard = port == -1
                || (port == 80 && "http".equalsIgnoreCase(url.getScheme()))
                || (port == 443 && "https".equalsIgnoreCase(url.getScheme()));
        String host = url.getHost() == null ? "" : url.getHost();
        return (url.getScheme() + "://" + host + (standard ? "" : ":" + port)).toLowerCase(Locale.ROOT);
    }

    /** Where a request came from. */
    public Origin of(Request request) {
        String agent = request.getHeaders().get(HttpHeader.USER_AGENT);
        return new Origin(address(request), bounded(agent == null ? "" : agent), UUID.randomUUID());
    }

    private String address(Request request) {
        var remote = request.getConnectionMetaData().getRemoteSocketAddress();
        if (remote instanceof UnixDomainSocketAddress) {
            return LOOPBACK; // a workspace of this host: whatever it says of others is not believed
        }
        String peer = remote instanceof InetSocketAddress socket && socket.getAddress() != null
                ? socket.getAddress().getHostAddress()
                : "";
        if (!trustedProxies.contains(peer)) {
            return peer;
        }
        // The rightmost address that is not one of our proxies is the nearest one that nobody outside could forge.
        List<String> forwarded = request.getHeaders().getCSV("X-Forwarded-For", false);
        for (int i = forwarded.size() - 1; i >= 0; i--) {
            String hop = forwarded.get(i).strip();
            if (!trustedProxies.contains(hop) && hop.matches("[0-9a-fA-F.:]{2,45}")) {
                return hop;
            }
        }
        return peer;
    }

    private static String bounded(String agent) {
        var text = new StringBuilder();
        agent.codePoints()
                .limit(MAX_USER_AGENT)
                .filter(c -> !Character.isISOControl(c))
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /**
     * Refuses what a page of another origin made the browser send (RFC 6454; cross-site request forgery and cross-site
     * WebSocket hijacking). A request that brings its token in a header was not made by a foreign page; a WebSocket is
     * checked in any case.
     */
    void requireSameOrigin(Request request, boolean fromCookie, Route route) {
        List<String> origins = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
        String site = request.getHeaders().get("Sec-Fetch-Site");
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        if ((fromCookie || route.isLive())
                && (origins.size() > 1 || !origins.stream().allMatch(origin -> isOwn(request, origin)))) {
            throw new Failure.Forbidden("The request comes from a page of another origin.");
        }
        if (fromCookie && origins.isEmpty()) {
            boolean marked = request.getHeaders().contains("X-Requested-With") || "same-origin".equals(site);
            // A browser sends no Origin when it reads from its own origin, and always one with a WebSocket.
            boolean reads = route.method().equals("GET") && !(route.endpoint() instanceof Route.Upgrade);
            if (foreignSite || (!reads && !(marked && !(route.endpoint() instanceof Route.Upgrade)))) {
                throw new Failure.Forbidden(
                        "A request with a cookie needs an Origin header of this server or X-Requested-With.");
            }
        }
    }

    /** Compared letter by letter: browsers write an origin in one way only (HTML standard, 7.1.1). */
    private boolean isOwn(Request request, String origin) {
        if (ownOrigins.contains(origin)) {
            return true;
        }
        String host = request.getHeaders().get(HttpHeader.HOST);
        String scheme = request.isSecure() ? "https://" : "http://";
        return host != null && origin.equals(scheme + host.toLowerCase(Locale.ROOT));
    }
}
