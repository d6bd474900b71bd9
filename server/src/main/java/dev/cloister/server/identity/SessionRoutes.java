package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.AuthorizationRequest;
import dev.cloister.contract.api.ExternalAPIKeyScopes;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.LoginWithPasswordResponse;
import dev.cloister.contract.api.SecretText;
import dev.cloister.server.access.ScopeNames;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Duration;

/** Signing in and out, and what one may do, over HTTP. */
public final class SessionRoutes {

    private final SessionService sessions;
    private final AccessChecks checks;
    private final SessionSettings settings;
    private final boolean secureCookies;

    public SessionRoutes(
            SessionService sessions, AccessChecks checks, SessionSettings settings, boolean secureCookies) {
        this.sessions = sessions;
        this.checks = checks;
        this.settings = settings;
        this.secureCookies = secureCookies;
    }

    public void register(Routes routes) {
        routes.post("/api/v2/users/login", Access.open("this is how one signs in"), this::login)
                .named("Authorization", "Sign in with a password")
                .takes(LoginWithPasswordRequest.class)
                .answers(201, LoginWithPasswordResponse.class);
        routes.post("/api/v2/users/logout", Access.signedIn("everybody may lay their own session down"), this::logout)
                .named("Users", "Sign out")
                .answers(200, ApiError.class);
        routes.post("/api/v2/authcheck", Access.signedIn("tells only what the caller may do"), this::authcheck)
                .named("Authorization", "Ask what one may do")
                .takes(AuthorizationRequest.class)
                .answers(200, new Operation.JsonMap(Boolean.class));
        routes.get("/api/v2/auth/scopes", Access.open("what can be asked for is no secret"), SessionRoutes::scopes)
                .named("Authorization", "List the scopes that a token can be asked for with")
                .answers(200, ExternalAPIKeyScopes.class);
    }

    private static Response scopes(Request request) {
        return Response.ok(new ExternalAPIKeyScopes(ScopeNames.requestable()));
    }

    private Response login(Request request) {
        var body = request.body(LoginWithPasswordRequest.class);
        Secret token =
                sessions.login(request.caller(), body.email(), body.password().secret());
        return Response.json(201, new LoginWithPasswordResponse(new SecretText(token)))
                .header("Set-Cookie", cookie(request, token.reveal(), settings.maximum()));
    }

    private Response logout(Request request) {
        sessions.logout(request.user());
        return Response.ok(ApiError.of("Logged out!")).header("Set-Cookie", cookie(request, "", Duration.ZERO));
    }

    private String cookie(Request request, String value, Duration life) {
        boolean secure = secureCookies || request.isSecure();
        return (secure ? "__Host-" : "") + "coder_session_token=" + value + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + life.toSeconds() + (secure ? "; Secure" : "");
    }

    private Response authcheck(Request request) {
        return Response.ok(checks.answers(
                request.user(), request.body(AuthorizationRequest.class).checks()));
    }
}
