package dev.cloister.server.connection.app;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.AppHostResponse;
import dev.cloister.server.access.Caller;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** The platform's side of apps: where they are, and the sign-in to one of their hosts. */
public final class AppRoutes {
    private static final int MAX_ADDRESS = 4096;
    private static final Pattern CHALLENGE = Pattern.compile("[0-9a-f]{64}");
    private static final String SIGN_IN = "/api/v2/applications/auth-redirect";

    private final AppHosts hosts;
    private final AppSignIn signIn;

    public AppRoutes(AppHosts hosts, AppSignIn signIn) {
        this.hosts = hosts;
        this.signIn = signIn;
    }

    public void register(Routes routes) {
        routes.get(
                        "/api/v2/applications/host",
                        Access.signedIn("the wildcard of apps is the same for everybody"),
                        request -> Response.ok(new AppHostResponse(hosts.wildcard())))
                .named("Applications", "Get the host names of applications")
                .answers(200, AppHostResponse.class);
        routes.get(
                        SIGN_IN,
                        Access.open(
                                "sends whoever is not signed in to the sign-in page first, and then to an app host of ours"),
                        this::signIn)
                .named("Applications", "Sign in to the host of an application")
                .query("redirect_uri", String.class, "The address of the application")
                .query("challenge", String.class, "What the host of the application sent")
                .answers(303);
    }

    private Response signIn(Request request) {
        String address = request.query("redirect_uri").orElse("");
        String challenge = request.query("challenge").orElse("");
        URI target = target(address);
        String label = hosts.label(target).orElseThrow(AppRoutes::refused);
        if (!CHALLENGE.matcher(challenge).matches()) {
            throw new Failure.Invalid(
                    "Query parameters have invalid values.", "challenge", "Must be the one that the app host sent.");
        }
        if (!(request.caller() instanceof Caller.User user)) {
            String again = SIGN_IN + "?redirect_uri=" + encoded(address) + "&challenge=" + challenge;
            return Response.redirect("/login?redirect=" + encoded(again));
        }
        Secret code = signIn.code(user, label, challenge);
        // Built from the label that was recognised, never from the text that was sent.
        return Response.redirect(hosts.url(label)
                .resolve(pathAndQuery(target) + (target.getRawQuery() == null ? "?" : "&") + AppRequests.CODE + "="
                        + code.reveal())
                .toASCIIString());
    }

    private static URI target(String address) {
        if (address.length() > MAX_ADDRESS) {
            throw refused();
        }
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private static Failure refused() {
        return new Failure.Invalid(
                "Query parameters have invalid values.",
                "redirect_uri",
                "Must be the address of an app of this server.");
    }

    private static String pathAndQuery(URI target) {
        String path = Optional.ofNullable(target.getRawPath()).orElse("").replaceFirst("^[/\\\\]+", "");
        return "/" + path + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
