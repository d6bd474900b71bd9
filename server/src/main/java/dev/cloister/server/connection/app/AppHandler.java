package dev.cloister.server.connection.app;

import dev.cloister.contract.Secret;
import dev.cloister.gateway.app.AppPages;
import dev.cloister.gateway.app.AppProxy;
import dev.cloister.gateway.app.AppRoute;
import dev.cloister.gateway.app.VisitEndedException;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.connection.CredentialHolders;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Credentials;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.RateLimits;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers every request to an app host, and none to another. It stands before the platform's own handlers, so that
 * nothing of the platform is ever served on an app host.
 */
public final class AppHandler extends Handler.Abstract {
    private static final int REFUSALS_PER_MINUTE = 600;
    private static final List<String> HIDDEN = List.of(Credentials.HEADER);
    private static final List<String> HIDDEN_WITH_TOKEN = List.of(Credentials.HEADER, "Authorization");

    private final AppHosts hosts;
    private final URI accessUrl;
    private final Visits visits;
    private final AppSignIn signIn;
    private final CredentialHolders holders;
    private final Authentication authentication;
    private final Origins origins;
    private final RateLimits limits;
    private final AppCookies cookies;
    private final AppProxy proxy = new AppProxy();

    public AppHandler(
            AppHosts hosts,
            URI accessUrl,
            Visits visits,
            AppSignIn signIn,
            CredentialHolders holders,
            Authentication authentication,
            Origins origins,
            RateLimits limits) {
        super(InvocationType.BLOCKING);
        this.hosts = hosts;
        this.accessUrl = accessUrl;
        this.visits = visits;
        this.signIn = signIn;
        this.holders = holders;
        this.authentication = authentication;
        this.origins = origins;
        this.limits = limits;
        this.cookies = new AppCookies("https".equalsIgnoreCase(accessUrl.getScheme()));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String host = request.getHttpURI().getHost();
        if (host == null || !hosts.covers(host)) {
            return false;
        }
        Optional<String> label = hosts.label(host);
        Optional<AppName> name = label.flatMap(AppName::ofLabel);
        if (name.isEmpty() || !request.getHttpURI().getPath().startsWith("/")) {
            notFound(response, callback);
            return true;
        }
        try {
            serve(new Asked(request, response, callback, label.get(), name.get(), origins.of(request)));
        } catch (Failure.NotFound e) {
            notFound(response, callback);
        } catch (Failure e) {
            AppPages.write(response, callback, e.status(), "Not now", String.valueOf(e.getMessage()));
        }
        return true;
    }

    private record Asked(
            Request request, Response response, Callback callback, String label, AppName app, Origin origin) {}

    private void serve(Asked asked) {
        Optional<Secret> code = AppRequests.code(asked.request());
        if (code.isPresent()) {
            enter(asked, code.get());
            return;
        }
        for (int attempt = 0; attempt < 2; attempt++) {
            Optional<Visit> visit = visit(asked);
            if (visit.isEmpty()) {
                return;
            }
            try {
                pass(asked, visit.get());
                return;
            } catch (VisitEndedException e) {
                credential(asked).ifPresent(credential -> visits.forget(credential, asked.app()));
                visits.forget("", asked.app());
            }
        }
        throw new Failure.Unavailable("The app changes its state just now. Load the page again.");
    }

    /** The visit that this request belongs to; where there is none the request has been answered. */
    private Optional<Visit> visit(Asked asked) {
        Optional<String> credential = credential(asked);
        Optional<Visit> going = credential.flatMap(id -> visits.of(id, asked.app()));
        if (going.isPresent()) {
            return going;
        }
        Optional<Caller.User> person =
                credential.flatMap(id -> holders.current(id, asked.origin())).or(() -> byToken(asked));
        Caller caller = person.<Caller>map(user -> user).orElseGet(() -> new Caller.Anonymous(asked.origin()));
        Optional<Visit> begun = visits.begin(caller, asked.app());
        if (begun.isEmpty()) {
            limits.take("app refusals " + asked.origin().address(), REFUSALS_PER_MINUTE);
            refuse(asked, person.isPresent());
        }
        return begun;
    }

    private Optional<String> credential(Asked asked) {
        return cookies.session(asked.request())
                .filter(cookie -> AppRequests.isFromOwnPages(asked.request(), asked.app(), hosts))
                .flatMap(cookie -> signIn.credential(cookie, asked.label()));
    }

    /** For programs, which send their token in a header of the platform's. */
    private Optional<Caller.User> byToken(Asked asked) {
        String token = asked.request().getHeaders().get(Credentials.HEADER);
        return token == null || token.isEmpty() || token.length() > 256
                ? Optional.empty()
                : authentication.user(Secret.of(token), asked.origin());
    }

    /** Without a visitor that is known, nobody is told whether the app exists. */
    private void refuse(Asked asked, boolean known) {
        if (known) {
            notFound(asked.response(), asked.callback());
        } else if (AppRequests.isNavigation(asked.request())) {
            sendToSignIn(asked);
        } else {
            AppPages.write(
                    asked.response(),
                    asked.callback(),
                    401,
                    "Sign in first",
                    "Open this address in a browser, or send a token of the platform with the request.");
        }
    }

    private void sendToSignIn(Asked asked) {
        Optional<Secret> known = cookies.state(asked.request());
        Secret state = known.orElseGet(() -> Secret.random(16));
        if (known.isEmpty()) {
            cookies.setState(asked.response(), state);
        }
        String back = hosts.url(asked.label())
                .resolve(AppRequests.withoutCode(asked.request()))
                .toASCIIString();
        redirect(
                asked,
                accessUrl
                        .resolve("/api/v2/applications/auth-redirect?redirect_uri="
                                + URLEncoder.encode(back, StandardCharsets.UTF_8)
                                + "&challenge="
                                + AppSignIn.challenge(state))
                        .toASCIIString());
    }

    /** The browser comes back with a code: it gets its cookie, and an address without the code. */
    private void enter(Asked asked, Secret code) {
        Optional<Secret> session =
                cookies.state(asked.request()).flatMap(state -> signIn.exchange(code, asked.label(), state));
        if (session.isEmpty()) {
            limits.take("app refusals " + asked.origin().address(), REFUSALS_PER_MINUTE);
            AppPages.write(
                    asked.response(),
                    asked.callback(),
                    400,
                    "This sign-in cannot be used",
                    "It has been used, has expired, or began in another browser. Open the app's address again.");
            return;
        }
        cookies.setSession(asked.response(), session.get());
        redirect(asked, AppRequests.withoutCode(asked.request()));
    }

    private static void redirect(Asked asked, String location) {
        var headers = asked.response().getHeaders();
        headers.put(HttpHeader.LOCATION, location);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("Referrer-Policy", "no-referrer");
        asked.response().setStatus(303);
        asked.callback().succeeded();
    }

    private static void notFound(Response response, Callback callback) {
        AppPages.write(
                response,
                callback,
                404,
                "There is no such app",
                "It does not exist, its workspace is not running, or it is not open to you.");
    }

    private void pass(Asked asked, Visit visit) throws VisitEndedException {
        String start = visit.app().start();
        if (!start.equals("/") && asked.request().getHttpURI().getPathQuery().equals("/")) {
            redirect(asked, start);
            return;
        }
        var route = new AppRoute(
                visit.connections(),
                AppRoute.Place.OWN_HOST,
                "",
                AppCookies.PLATFORM,
                hidden(asked.request()),
                asked.origin().address());
        proxy.serve(asked.request(), asked.response(), asked.callback(), route);
    }

    /** An app may use Authorization for itself, but never gets a token of the platform in it. */
    static List<String> hidden(Request request) {
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return authorization != null && authorization.matches("(?i)Bearer\\s+[A-Za-z0-9]{10}-[A-Za-z0-9]{22}\\s*")
                ? HIDDEN_WITH_TOKEN
                : HIDDEN;
    }
}
