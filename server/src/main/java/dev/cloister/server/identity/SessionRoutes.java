package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.APIKey;
import dev.cloister.contract.api.APIKeyWithOwner;
import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.AuthorizationObject;
import dev.cloister.contract.api.AuthorizationRequest;
import dev.cloister.contract.api.CreateTokenRequest;
import dev.cloister.contract.api.GenerateAPIKeyResponse;
import dev.cloister.contract.api.LoginWithPasswordRequest;
import dev.cloister.contract.api.LoginWithPasswordResponse;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.TokenConfig;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signing in, signing out, and tokens, over HTTP. */
public final class SessionRoutes {
    private static final String KEYS = "/api/v2/users/{user}/keys";
    private static final int MAX_CHECKS = 1000;

    private final SessionService sessions;
    private final TokenService tokens;
    private final AccessChecks checks;
    private final UserViews views;
    private final SessionSettings settings;
    private final boolean secureCookies;

    public SessionRoutes(
            SessionService sessions,
            TokenService tokens,
            AccessChecks checks,
            UserViews views,
            SessionSettings settings,
            boolean secureCookies) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.checks = checks;
        this.views = views;
        this.settings = settings;
        this.secureCookies = secureCookies;
    }

    public void register(Routes routes) {
        routes.post("/api/v2/users/login", Access.open("this is how one signs in"), this::login);
        routes.post("/api/v2/users/logout", Access.signedIn("everybody may lay their own session down"), this::logout);
        routes.post("/api/v2/authcheck", Access.signedIn("tells only what the caller may do"), this::authcheck);
        var read = Access.to(Action.READ, ResourceType.API_KEY);
        var create = Access.to(Action.CREATE, ResourceType.API_KEY);
        routes.post(KEYS, create, this::createSession);
        routes.get(KEYS + "/tokens", read, this::list);
        routes.post(KEYS + "/tokens", create, this::createToken);
        routes.get(
                KEYS + "/tokens/tokenconfig",
                read,
                request -> Response.ok(new TokenConfig(settings.maximumToken().toNanos())));
        routes.get(
                KEYS + "/tokens/{keyname}",
                read,
                request -> Response.ok(wire(tokens.get(request.caller(), views.id(request), request.path("keyname")))));
        routes.get(
                KEYS + "/{keyid}",
                read,
                request -> Response.ok(wire(tokens.get(request.caller(), views.id(request), request.path("keyid")))));
        routes.delete(KEYS + "/{keyid}", Access.to(Action.DELETE, ResourceType.API_KEY), this::delete);
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

    private Response createSession(Request request) {
        return Response.json(
                201,
                new GenerateAPIKeyResponse(new SecretText(tokens.createSession(request.caller(), views.id(request)))));
    }

    private Response createToken(Request request) {
        var body = request.body(CreateTokenRequest.class);
        if (!body.allowList().isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "allow_list", "Allow-lists are not offered yet.");
        }
        List<String> scopes =
                !body.scopes().isEmpty() ? body.scopes() : List.of(body.scope().isEmpty() ? "coder:all" : body.scope());
        var wanted = new TokenService.NewToken(body.tokenName(), Duration.ofNanos(body.lifetime()), scopes, false);
        Secret token = tokens.create(request.caller(), views.id(request), wanted);
        return Response.json(201, new GenerateAPIKeyResponse(new SecretText(token)));
    }

    private Response list(Request request) {
        UserId user = views.id(request);
        String username = request.user().subject().username();
        return Response.ok(tokens.list(request.caller(), user, request.flag("include_expired")).stream()
                .map(key -> withOwner(wire(key), username))
                .toList());
    }

    private Response delete(Request request) {
        tokens.delete(request.caller(), views.id(request), request.path("keyid"));
        return Response.empty(204);
    }

    private Response authcheck(Request request) {
        var asked = request.body(AuthorizationRequest.class).checks();
        if (asked.size() > MAX_CHECKS) {
            throw new Failure.Invalid("Validation failed.", "checks", "At most " + MAX_CHECKS + " checks at once.");
        }
        Map<String, Boolean> answers = new LinkedHashMap<>();
        asked.forEach((name, check) -> {
            AuthorizationObject object = check.object();
            var type = ResourceType.parse(object.resourceType());
            var action = Action.parse(check.action());
            answers.put(
                    name,
                    type.isPresent()
                            && action.isPresent()
                            && checks.check(request.user(), action.get(), type.get(), object));
        });
        return Response.ok(answers);
    }

    private static APIKey wire(ApiKeyRecord key) {
        return new APIKey(
                key.id(),
                key.userId().value(),
                key.lastUsed(),
                key.expiresAt(),
                key.createdAt(),
                key.updatedAt(),
                key.loginType(),
                key.scopes().contains("coder:all") ? "all" : "",
                key.scopes(),
                key.tokenName(),
                key.lifetimeSeconds(),
                List.of());
    }

    private static APIKeyWithOwner withOwner(APIKey key, String username) {
        return new APIKeyWithOwner(
                key.id(),
                key.userId(),
                key.lastUsed(),
                key.expiresAt(),
                key.createdAt(),
                key.updatedAt(),
                key.loginType(),
                key.scope(),
                key.scopes(),
                key.tokenName(),
                key.lifetimeSeconds(),
                key.allowList(),
                username);
    }
}
