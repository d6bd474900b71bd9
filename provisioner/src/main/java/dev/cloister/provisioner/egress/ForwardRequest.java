package dev.cloister.provisioner.egress;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A request in absolute form, as it goes on to its destination.
 *
 * @param head with the path alone, our own Host, and a request to close after the answer, so that one connection
 *     carries one request and nothing can hide behind it
 */
record ForwardRequest(HostPort destination, String head, Body body) {
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "proxy-connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "proxy-authorization",
            "proxy-authenticate",
            "host",
            "http2-settings");
    private static final String SCHEME = "http://";

    static ForwardRequest of(RequestHead request) throws BadRequest {
        if (!request.target().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw new BadRequest("This is a forwarding proxy: send CONNECT host:port or an http:// URL.");
        }
        var rest = request.target().substring(SCHEME.length());
        var end = authorityEnd(rest);
        var authority = rest.substring(0, end);
        var destination = HostPort.parse(authority, 80)
                .filter(_ -> !authority.contains("@"))
                .orElseThrow(() -> new BadRequest("The URL's host is malformed."));
        checkHost(request, authority);
        var path = rest.substring(end).replaceFirst("#.*", "");
        return new ForwardRequest(destination, head(request, destination, path), Body.of(request));
    }

    private static int authorityEnd(String rest) {
        for (var i = 0; i < rest.length(); i++) {
            if ("/?#".indexOf(rest.charAt(i)) >= 0) {
                return i;
            }
        }
        return rest.length();
    }

    private static void checkHost(RequestHead request, String authority) throws BadRequest {
        var hosts = request.values("host");
        var agrees = hosts.size() == 1 && HostPort.parse(hosts.getFirst(), 80).equals(HostPort.parse(authority, 80));
        if (!agrees && !(hosts.isEmpty() && request.version().equals("HTTP/1.0"))) {
            throw new BadRequest("The Host field differs from the URL.");
        }
    }

    private static String head(RequestHead request, HostPort destination, String path) {
        var dropped = new HashSet<>(HOP_BY_HOP);
        request.values("connection").stream()
                .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",")))
                .map(String::strip)
                // These decide the framing and are never up to the client's Connection field.
                .filter(name -> !List.of("content-length", "transfer-encoding").contains(name))
                .forEach(dropped::add);
        var port = destination.port() == 80 ? "" : ":" + destination.port();
        var head = new StringBuilder(request.method())
                .append(' ')
                .append(path.startsWith("/") ? path : "/" + path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(destination.host().inAuthority())
                .append(port)
                .append("\r\n");
        for (var field : request.fields()) {
            if (!dropped.contains(field.name())) {
                head.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        return head.append("Connection: close\r\n\r\n").toString();
    }
}
