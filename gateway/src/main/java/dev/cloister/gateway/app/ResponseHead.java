package dev.cloister.gateway.app;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * The first part of an answer, as the app sent it.
 *
 * @param status 101, or 200 and above
 */
record ResponseHead(int status, HttpFields headers) {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Headers that mean the app's connection only, or that would take the browser past this proxy. */
    private static final Set<String> NOT_PASSED = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "alt-svc",
            "public-key-pins");

    /** Headers that act on the whole host, which is not the app's where it has only a path. */
    private static final Set<String> WHOLE_HOST = Set.of(
            "set-cookie",
            "clear-site-data",
            "service-worker-allowed",
            "strict-transport-security",
            "nel",
            "report-to",
            "reporting-endpoints",
            "origin-agent-cluster");

    /** An origin of its own for every page (HTML standard, 7.6): it reads nothing of the platform's. */
    private static final String SANDBOX =
            "sandbox allow-downloads allow-forms allow-modals allow-pointer-lock allow-popups allow-scripts";

    /** Whether this is the answer of somebody who has read this WebSocket request (RFC 6455, 4.1). */
    boolean accepts(Request request) {
        String key = request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY);
        String accepted = headers.get(HttpHeader.SEC_WEBSOCKET_ACCEPT);
        return "websocket".equalsIgnoreCase(headers.get(HttpHeader.UPGRADE))
                && headers.contains(HttpHeader.CONNECTION, "upgrade")
                && accepted != null
                && accepted.strip().equals(acceptance(key == null ? "" : key));
    }

    private static String acceptance(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** Hands status and headers on, in place of whatever was set before. */
    void writeTo(Response response, AppRoute route) {
        response.setStatus(status);
        HttpFields.Mutable to = response.getHeaders();
        to.clear();
        Set<String> named = new HashSet<>();
        headers.getCSV(HttpHeader.CONNECTION, false).forEach(token -> named.add(token.toLowerCase(Locale.ROOT)));
        for (HttpField field : headers) {
            String lower = field.getLowerCaseName();
            boolean dropped = NOT_PASSED.contains(lower)
                    || (named.contains(lower) && !lower.equals("content-length"))
                    || (route.place() == AppRoute.Place.PLATFORM_PATH && WHOLE_HOST.contains(lower));
            if (dropped) {
                continue;
            }
            if (lower.equals("set-cookie")) {
                if (field.getValue() != null) {
                    Cookies.fromApp(field.getValue(), route.platformCookies())
                            .ifPresent(cookie -> to.add(field.getName(), cookie));
                }
            } else {
                to.add(field);
            }
        }
        if (route.place() == AppRoute.Place.PLATFORM_PATH) {
            to.add("Content-Security-Policy", SANDBOX);
        }
        if (status == 101) {
            to.put(HttpHeader.CONNECTION, "Upgrade");
            to.put(HttpHeader.UPGRADE, "websocket");
        }
    }
}
