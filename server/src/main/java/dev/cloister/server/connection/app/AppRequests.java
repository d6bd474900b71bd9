package dev.cloister.server.connection.app;

import dev.cloister.contract.Secret;
import dev.cloister.server.connection.agent.AppHosts;
import java.net.URI;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Reads requests to app hosts. */
final class AppRequests {
    /** The parameter with which the platform hands over a code. */
    static final String CODE = "cloister_app_code";

    private AppRequests() {}

    static boolean isWebSocket(Request request) {
        return "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
    }

    static boolean isRead(Request request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) && !isWebSocket(request);
    }

    /** Whether a person at a browser is on the way to a page, so that a redirect leads somewhere. */
    static boolean isNavigation(Request request) {
        String accept = request.getHeaders().get(HttpHeader.ACCEPT);
        String mode = request.getHeaders().get("Sec-Fetch-Mode");
        return isRead(request)
                && accept != null
                && accept.contains("text/html")
                && (mode == null || mode.equals("navigate"));
    }

    /** The code in the query, empty where there is none. */
    static Optional<Secret> code(Request request) {
        String query = request.getHttpURI().getQuery();
        if (query == null || !request.getMethod().equals("GET")) {
            return Optional.empty();
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(CODE + "=")) {
                return Optional.of(Secret.of(pair.substring(CODE.length() + 1)));
            }
        }
        return Optional.empty();
    }

    /** Path and query without the code. */
    static String withoutCode(Request request) {
        String query = request.getHttpURI().getQuery();
        var left = new StringJoiner("&");
        for (String pair : (query == null ? "" : query).split("&", -1)) {
            if (!pair.isEmpty() && !pair.startsWith(CODE + "=")) {
                left.add(pair);
            }
        }
        return local(request.getHttpURI().getPath()) + (left.length() == 0 ? "" : "?" + left);
    }

    /** A path that stays on its host wherever it is put: it never begins with two slashes. */
    private static String local(String path) {
        return "/" + path.replaceFirst("^[/\\\\]+", "");
    }

    /**
     * Whether the cookie of a request may count: not where a page of another origin made the browser send it, for what
     * changes something, opens a WebSocket, or can be read by the page that includes it (Fetch Metadata). Other apps of
     * the same workspace are not foreign: they can reach each other inside it anyway.
     */
    static boolean isFromOwnPages(Request request, AppName app, AppHosts hosts) {
        if (isNavigation(request)) {
            return true;
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null) {
            return appOf(origin, hosts).filter(app::isOfSameWorkspace).isPresent();
        }
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none") || isFromOwnReferrer(request, app, hosts);
        }
        return !isWebSocket(request);
    }

    private static boolean isFromOwnReferrer(Request request, AppName app, AppHosts hosts) {
        String referrer = request.getHeaders().get(HttpHeader.REFERER);
        return referrer != null
                && appOf(referrer, hosts).filter(app::isOfSameWorkspace).isPresent();
    }

    private static Optional<AppName> appOf(String address, AppHosts hosts) {
        try {
            return hosts.label(URI.create(address)).flatMap(AppName::ofLabel);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
