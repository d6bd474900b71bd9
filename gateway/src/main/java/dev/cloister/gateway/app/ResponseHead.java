package dev.cloister.gateway.app;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/**
 * The first part of an answer, as the app sent it.
 *
 * @param status 101, or 200 and above
 */
record ResponseHead(int status, HttpFields headers) {
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

    /** Hands status and headers on, in place of whatever was set before. */
    void writeTo(Response response, AppRoute route) {
        response.setStatus(status);
        HttpFields.Mutable to = response.getHeaders();
        to.clear();
        Set<String> named = new HashSet<>();
        headers.getCSV(HttpHeader.CONNECTION, false).forEach(token -> named.add(token.toLowerCase(Locale.ROOT)));
        for (HttpField field : headers) {
            String lower = field.getName().toLowerCase(Locale.ROOT);
            if (NOT_PASSED.contains(lower) || (named.contains(lower) && !lower.equals("content-length"))) {
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
        route.answerHeaders().forEach(to::add);
        if (status == 101) {
            to.put(HttpHeader.CONNECTION, "Upgrade");
            to.put(HttpHeader.UPGRADE, "websocket");
        }
    }
}
