package dev.cloister.server.connection.app;

import dev.cloister.contract.Secret;
import dev.cloister.gateway.app.AppPages;
import dev.cloister.gateway.app.AppProxy;
import dev.cloister.gateway.app.AppRoute;
import dev.cloister.gateway.app.VisitEndedException;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Authentication;
import dev.cloister.server.platform.http.Credentials;
import dev.cloister.server.platform.http.Origins;
import dev.cloister.server.platform.http.RateLimits;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Apps on a path of the platform's own host, {@code /@user/workspace[.agent]/apps/app/}: a makeshift for deployments
 * without a wildcard host name, off unless switched on. The browser cannot keep such an app apart from the platform by
 * host name, so every page of it is sandboxed into an origin of its own, without cookies; many apps do not work so.
 */
public final class PathAppHandler extends Handler.Abstract {
    private static final int REFUSALS_PER_MINUTE = 600;
    private static final Pattern PATH = Pattern.compile(
            "/@([A-Za-z0-9-]{1,64})/([A-Za-z0-9-]{1,64})(?:\\.([A-Za-z0-9-]{1,64}))?/apps/([A-Za-z0-9-]{1,64})(/.*)?");

    private final boolean enabled;
    private final Visits visits;
    private final Authentication authentication;
    private final Origins origins;
    private final RateLimits limits;
    private final AppProxy proxy = new AppProxy();

    public PathAppHandler(
            boolean enabled, Visits visits, Authentication authentication, Origins origins, RateLimits limits) {
        super(InvocationType.BLOCKING);
        this.enabled = enabled;
        this.visits = visits;
        this.authentication = authentication;
        this.origins = origins;
        this.limits = limits;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Matcher path = PATH.matcher(request.getHttpURI().getCanonicalPath());
        if (!path.matches()) {
            return false;
        }
        if (!enabled) {
            AppPages.write(
                    response,
                    callback,
                    404,
                    "Path-based apps are disabled",
                    "This deployment serves apps on host names of their own only, because an app on this host name "
                            + "could act as the platform. An administrator can configure a wildcard host name for apps.");
            return true;
        }
        try {
            serve(request, response, callback, path);
        } catch (Failure e) {
            AppPages.write(response, callback, e.status(), "No such app", String.valueOf(e.getMessage()));
        }
        return true;
    }

    private void serve(Request request, Response response, Callback callback, Matcher path) {
        String rest = path.group(5);
        if (rest == null) {
            response.getHeaders().put(HttpHeader.LOCATION, path.group() + "/");
            response.setStatus(303);
            callback.succeeded();
            return;
        }
        String agent = path.group(3) == null ? "" : path.group(3);
        var name = new AppName(path.group(4), agent, path.group(2), path.group(1));
        Origin origin = origins.of(request);
        Caller caller = caller(request, origin).<Caller>map(user -> user).orElseGet(() -> new Caller.Anonymous(origin));
        Optional<Visit> visit = visits.begin(caller, name);
        if (visit.isEmpty()) {
            limits.take("app refusals " + origin.address(), REFUSALS_PER_MINUTE);
            throw new Failure.NotFound("It does not exist, its workspace is not running, or it is not open to you.");
        }
        String raw = request.getHttpURI().getPath();
        String prefix = raw.substring(
                0, raw.indexOf("/apps/") + "/apps/".length() + path.group(4).length());
        var route = new AppRoute(
                visit.get().connections(),
                AppRoute.Place.PLATFORM_PATH,
                prefix,
                AppCookies.PLATFORM,
                AppHandler.hidden(request),
                origin.address());
        try {
            proxy.serve(request, response, callback, route);
        } catch (VisitEndedException e) {
            throw new Failure.Unavailable("The app changes its state just now. Load the page again.");
        }
    }

    /** A cookie only lets a person look; what changes something needs a token in a header, which no page can send. */
    private Optional<Caller.User> caller(Request request, Origin origin) {
        Optional<Secret> token = Credentials.of(request)
                .filter(found -> !found.fromCookie() || isOwnRead(request))
                .map(Credentials::token);
        return token.flatMap(found -> authentication.user(found, origin));
    }

    private static boolean isOwnRead(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        return AppRequests.isRead(request)
                && request.getHeaders().get(HttpHeader.ORIGIN) == null
                && (site == null || site.equals("same-origin") || site.equals("none"));
    }
}
