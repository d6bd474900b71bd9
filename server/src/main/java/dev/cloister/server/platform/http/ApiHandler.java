package dev.cloister.server.platform.http;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.telemetry.RequestMeter;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a request: find the route, find the caller, refuse early by the route's access, run the endpoint on a
 * virtual thread, write the answer or the failure.
 */
final class ApiHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final Routes routes;
    private final Authentication authentication;
    private final Origins origins;
    private final RateLimits limits;
    private final RequestMeter meter;
    private final String version;

    /** @param version told to clients in each answer, which they compare with their own; empty for not at all */
    ApiHandler(
            Routes routes,
            Authentication authentication,
            Origins origins,
            RateLimits limits,
            RequestMeter meter,
            String version) {
        super(InvocationType.BLOCKING);
        this.routes = routes;
        this.authentication = authentication;
        this.origins = origins;
        this.limits = limits;
        this.meter = meter;
        this.version = version;
    }

    @Override
    public boolean handle(Request jetty, Response response, Callback callback) {
        boolean upgrade = "websocket".equalsIgnoreCase(jetty.getHeaders().get(HttpHeader.UPGRADE));
        Optional<Routes.Match> match = routes.find(jetty.getMethod(), Request.getPathInContext(jetty), upgrade);
        if (match.isEmpty() && !Request.getPathInContext(jetty).startsWith("/api/")) {
            return false;
        }
        Origin origin = origins.of(jetty);
        response.getHeaders().put("X-Request-Id", origin.requestId().toString());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if (!version.isEmpty()) {
            response.getHeaders().put("X-Coder-Build-Version", version);
        }
        long start = System.nanoTime();
        try {
            if (match.isEmpty()) {
                throw new Failure.NotFound("Route not found.");
            }
            serve(jetty, match.get(), origin, response, callback);
        } catch (Failure failure) {
            if (!upgrade && !(failure instanceof Failure.TooSlow)) {
                dev.cloister.server.platform.http.Request.discard(jetty);
            }
            Answers.write(Answers.of(counted(failure, match, origin)), response, callback);
        } catch (Exception e) {
            LOG.error(
                    "request {} {} {} failed",
                    origin.requestId(),
                    jetty.getMethod(),
                    match.map(m -> m.route().path()).orElse("?"),
                    e);
            if (response.isCommitted()) {
                callback.failed(e);
            } else {
                Answers.write(Answers.fault(origin.requestId()), response, callback);
            }
        } finally {
            meter.answered(
                    jetty.getMethod(),
                    match.map(found -> found.route().path()).orElse("none"),
                    response.getStatus(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
        return true;
    }

    /** Who sends a bad credential is counted by address: looking credentials up costs more than refusing. */
    private Failure counted(Failure failure, Optional<Routes.Match> match, Origin origin) {
        if (!(failure instanceof Failure.Unauthenticated) || match.isEmpty()) {
            return failure;
        }
        try {
            limits.check(new Caller.Anonymous(origin), match.get().route(), false);
            return failure;
        } catch (Failure.TooMany tooMany) {
            return tooMany;
        }
    }

    private void count(Caller caller, Route route, Request jetty, Response response) {
        boolean wantsBypass = "true".equals(jetty.getHeaders().get("X-Coder-Bypass-Ratelimit"));
        limits.check(caller, route, wantsBypass).ifPresent(left -> {
            var headers = response.getHeaders();
            headers.put("X-RateLimit-Limit", left.limit());
            headers.put("X-RateLimit-Remaining", left.remaining());
            headers.put("X-RateLimit-Reset", left.full().toSeconds());
        });
    }

    private void serve(Request jetty, Routes.Match match, Origin origin, Response response, Callback callback)
            throws Exception {
        Route route = match.route();
        Optional<Credentials> credentials = Credentials.of(jetty);
        Caller caller = admit(route, credentials, origin);
        count(caller, route, jetty, response);
        boolean unsafe = !route.method().equals("GET") || route.isLive();
        if (unsafe) {
            origins.requireSameOrigin(
                    jetty, credentials.filter(Credentials::fromCookie).isPresent(), route);
        }
        var request = new dev.cloister.server.platform.http.Request(jetty, route, match.values(), caller);
        switch (route.endpoint()) {
            case Route.Answer answer -> Answers.write(answer.handler().handle(request), response, callback);
            case Route.Upgrade socket -> upgrade(socket.handler().open(request), jetty, response, callback);
        }
    }

    private Caller admit(Route route, Optional<Credentials> credentials, Origin origin) {
        return switch (route.access()) {
            case Access.Open open ->
                credentials
                        .flatMap(found -> authentication.user(found.token(), origin))
                        .<Caller>map(user -> user)
                        .orElseGet(() -> new Caller.Anonymous(origin));
            case Access.SignedIn signedIn -> user(credentials, origin);
            case Access.Right right -> {
                Caller.User user = user(credentials, origin);
                if (!Authorizer.mayEver(user, right.action(), right.type())) {
                    throw refusal(route, right);
                }
                yield user;
            }
            case Access.AgentOnly agentOnly ->
                credentials
                        .flatMap(found -> authentication.agent(found.token(), origin))
                        .orElseThrow(() -> new Failure.Unauthenticated("Agent token is invalid."));
        };
    }

    /** Who can read nothing of a kind must not learn from the status whether one thing of it exists. */
    private static Failure refusal(Route route, Access.Right right) {
        return right.action() == Action.READ && route.path().contains("{")
                ? new Failure.NotFound()
                : new Failure.Forbidden();
    }

    private Caller.User user(Optional<Credentials> credentials, Origin origin) {
        if (credentials.isEmpty()) {
            throw new Failure.Unauthenticated("You must be signed in: send a session token or sign in first.");
        }
        return authentication
                .user(credentials.get().token(), origin)
                .orElseThrow(() ->
                        new Failure.Unauthenticated("The session token is invalid or has expired. Sign in again."));
    }

    private static void upgrade(Route.Upgraded upgraded, Request jetty, Response response, Callback callback) {
        if (!upgraded.answer(jetty, response, callback)) {
            throw new Failure.Invalid("This route is a WebSocket: send an RFC 6455 upgrade request.");
        }
    }
}
