package dev.cloister.gateway.app;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The first part of a request as an app gets it (RFC 9112), without what belongs to this hop or to the platform. */
final class RequestHead {
    /** Headers that mean this connection only (RFC 9110, 7.6.1), and those that say who is asking: we say that. */
    private static final Set<String> NOT_PASSED = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "content-length",
            "upgrade",
            "expect",
            "forwarded",
            "x-real-ip");

    private static final String FORWARDED = "x-forwarded-";

    private final StringBuilder text = new StringBuilder(1024);

    private RequestHead() {}

    static boolean isUpgrade(Request request) {
        return request.getHeaders().contains(HttpHeader.CONNECTION, "upgrade")
                && "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
    }

    /** Whether a body follows; in chunks where {@code length} is not known. */
    static boolean hasBody(Request request) {
        return request.getLength() != 0
                && (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    static byte[] of(Request request, AppRoute route) {
        var head = new RequestHead();
        head.line(request, route);
        head.headers(request.getHeaders(), route);
        head.add("X-Forwarded-For", route.clientAddress());
        head.add("X-Forwarded-Host", authority(request));
        head.add("X-Forwarded-Proto", request.isSecure() ? "https" : "http");
        if (isUpgrade(request)) {
            head.add("Connection", "Upgrade");
            head.add("Upgrade", "websocket");
        } else if (hasBody(request)) {
            if (request.getLength() > 0) {
                head.add("Content-Length", Long.toString(request.getLength()));
            } else {
                head.add("Transfer-Encoding", "chunked");
            }
        } else if (request.getLength() == 0) {
            head.add("Content-Length", "0");
        }
        head.text.append("\r\n");
        return head.text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String authority(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return host == null ? "" : host;
    }

    private void line(Request request, AppRoute route) {
        String target = request.getHttpURI().getPathQuery();
        String path = target.startsWith(route.prefix())
                ? target.substring(route.prefix().length())
                : target;
        text.append(request.getMethod())
                .append(' ')
                .append(path.startsWith("/") ? "" : "/")
                .append(path)
                .append(" HTTP/1.1\r\n");
    }

    private void headers(HttpFields headers, AppRoute route) {
        Set<String> named = new HashSet<>();
        headers.getCSV(HttpHeader.CONNECTION, false).forEach(token -> named.add(token.toLowerCase(Locale.ROOT)));
        for (HttpField field : headers) {
            String name = field.getName();
            String lower = field.getLowerCaseName();
            boolean passed = !NOT_PASSED.contains(lower)
                    && !lower.startsWith(FORWARDED)
                    && (!named.contains(lower) || lower.equals("host"))
                    && route.platformHeaders().stream().noneMatch(name::equalsIgnoreCase);
            if (passed && lower.equals("cookie")) {
                if (route.place() == AppRoute.Place.OWN_HOST) {
                    Cookies.toApp(value(field), route.platformCookies()).ifPresent(left -> add(name, left));
                }
            } else if (passed) {
                add(name, value(field));
            }
        }
    }

    private static String value(HttpField field) {
        return field.getValue() == null ? "" : field.getValue();
    }

    /** Jetty refuses line breaks in what it parses; this keeps it true for whatever comes from elsewhere. */
    private void add(String name, String value) {
        text.append(name)
                .append(": ")
                .append(value.replace('\r', ' ').replace('\n', ' '))
                .append("\r\n");
    }
}
