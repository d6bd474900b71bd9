package dev.cloister.server.connection.app;

import dev.cloister.contract.Secret;
import dev.cloister.server.platform.http.Credentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The platform's cookies on an app host: for that host alone, out of reach of the app's scripts and of the app. */
final class AppCookies {
    private static final String SESSION = "cloister_app_session";
    private static final String STATE = "cloister_app_state";
    private static final String HOST = "__Host-";
    private static final int MAX_VALUE = 256;
    private static final Duration STATE_LIFE = Duration.ofMinutes(10);
    private static final Duration SESSION_LIFE = Duration.ofDays(7);

    /** Names that an app neither gets nor sets. */
    static final List<String> PLATFORM =
            List.of(Credentials.COOKIE, Credentials.SECURE_COOKIE, SESSION, HOST + SESSION, STATE, HOST + STATE);

    private final boolean secure;

    /** @param secure whether browsers reach the app hosts by HTTPS */
    AppCookies(boolean secure) {
        this.secure = secure;
    }

    private String name(String base) {
        return secure ? HOST + base : base;
    }

    Optional<Secret> session(Request request) {
        return value(request, name(SESSION));
    }

    /** The secret by which the browser that asked for a code is known again. */
    Optional<Secret> state(Request request) {
        return value(request, name(STATE));
    }

    private static Optional<Secret> value(Request request, String name) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .filter(value -> !value.isEmpty() && value.length() <= MAX_VALUE)
                .map(Secret::of)
                .findFirst();
    }

    void setSession(Response response, Secret value) {
        set(response, name(SESSION), value, SESSION_LIFE);
    }

    void setState(Response response, Secret value) {
        set(response, name(STATE), value, STATE_LIFE);
    }

    private void set(Response response, String name, Secret value, Duration life) {
        response.getHeaders()
                .add(
                        "Set-Cookie",
                        name + "=" + value.reveal() + "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + life.toSeconds()
                                + (secure ? "; Secure" : ""));
    }
}
