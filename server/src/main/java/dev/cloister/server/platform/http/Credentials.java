package dev.cloister.server.platform.http;

import dev.cloister.contract.Secret;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Where a request carries its token. A token in the query string is not looked at: addresses end up in logs and
 * histories.
 *
 * @param fromCookie true where the browser added it by itself, so that the request needs proof of its origin
 */
public record Credentials(Secret token, boolean fromCookie) {
    public static final String HEADER = "Coder-Session-Token";
    public static final String COOKIE = "coder_session_token";
    public static final String SECURE_COOKIE = "__Host-coder_session_token";
    private static final String BEARER = "Bearer ";

    /** The token of a request, empty where it has none. */
    public static Optional<Credentials> of(Request request) {
        String header = request.getHeaders().get(HEADER);
        if (header != null) {
            return credentials(header, false);
        }
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return credentials(authorization.substring(BEARER.length()).strip(), false);
        }
        return cookie(request, SECURE_COOKIE)
                .or(() -> cookie(request, COOKIE))
                .flatMap(value -> credentials(value, true));
    }

    private static Optional<String> cookie(Request request, String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst();
    }

    private static Optional<Credentials> credentials(String token, boolean fromCookie) {
        return token.isEmpty() || token.length() > 256
                ? Optional.empty()
                : Optional.of(new Credentials(Secret.of(token), fromCookie));
    }
}
