package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.APIKey;
import dev.cloister.contract.api.APIKeyWithOwner;
import dev.cloister.contract.api.CreateTokenRequest;
import dev.cloister.contract.api.GenerateAPIKeyResponse;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.TokenConfig;
import dev.cloister.contract.api.UserSession;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.ScopeNames;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Duration;
import java.util.List;

/** Tokens and sessions over HTTP. */
public final class TokenRoutes {
    private static final String USER = "/api/v2/users/{user}";
    private static final String KEYS = USER + "/keys";
    private static final int MAX_PAGE = 1000;

    private final TokenService tokens;
    private final UserViews views;

    public TokenRoutes(TokenService tokens, UserViews views) {
        this.tokens = tokens;
        this.views = views;
    }

    public void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.API_KEY);
        var create = Access.to(Action.CREATE, ResourceType.API_KEY);
        routes.post(KEYS, create, this::createSession)
                .named("Users", "Make another session")
                .answers(201, GenerateAPIKeyResponse.class);
        routes.get(KEYS + "/tokens", read, this::list)
                .named("Users", "List tokens")
                .query("include_all", Boolean.class, "Those of everybody, as far as one may see them")
                .query("include_expired", Boolean.class, "Those that have expired too")
                .query("limit", Integer.class, "How many at most")
                .query("offset", Integer.class, "How many to leave out")
                .answersList(200, APIKeyWithOwner.class);
        routes.post(KEYS + "/tokens", create, this::createToken)
                .named("Users", "Make a token")
                .takes(CreateTokenRequest.class)
                .answers(201, GenerateAPIKeyResponse.class);
        routes.get(KEYS + "/tokens/tokenconfig", read, this::config)
                .named("General", "Get how long tokens may live")
                .answers(200, TokenConfig.class);
        routes.get(KEYS + "/tokens/{keyname}", read, request -> get(request, "keyname"))
                .named("Users", "Get a token by its name")
                .answers(200, APIKey.class);
        routes.get(KEYS + "/{keyid}", read, request -> get(request, "keyid"))
                .named("Users", "Get a token or session")
                .answers(200, APIKey.class);
        routes.delete(KEYS + "/{keyid}", Access.to(Action.DELETE, ResourceType.API_KEY), this::delete)
                .named("Users", "Delete a token or session")
                .answers(204);
        routes.put(KEYS + "/{keyid}/expire", Access.to(Action.UPDATE, ResourceType.API_KEY), this::expire)
                .named("Users", "End a token or session")
                .answers(204);
        routes.get(USER + "/sessions", read, this::sessions)
                .named("Users", "List the sessions of a user")
                .answersList(200, UserSession.class);
    }

    private Response createSession(Request request) {
        return Response.json(
                201,
                new GenerateAPIKeyResponse(new SecretText(tokens.createSession(request.caller(), views.id(request)))));
    }

    private Response createToken(Request request) {
        var body = request.body(CreateTokenRequest.class);
        List<String> scopes =
                !body.scopes().isEmpty() ? body.scopes() : List.of(body.scope().isEmpty() ? "coder:all" : body.scope());
        var wanted = new TokenService.NewToken(
                body.tokenName(),
                Duration.ofNanos(body.lifetime()),
                scopes.stream().map(ScopeNames::canonical).distinct().toList(),
                AllowLists.wanted(body.allowList()),
                false);
        Secret token = tokens.create(request.caller(), views.id(request), wanted);
        return Response.json(201, new GenerateAPIKeyResponse(new SecretText(token)));
    }

    private Response config(Request request) {
        Duration longest = tokens.longest(request.caller(), views.id(request));
        return Response.ok(new TokenConfig(nanoseconds(longest)));
    }

    /** A duration as the wire has it; one that is too long for it, 292 years, is shown as that. */
    private static long nanoseconds(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private static TokenService.Page page(Request request) {
        int limit = (int) request.number("limit", 0, 0, Integer.MAX_VALUE);
        return new TokenService.Page(
                request.flag("include_expired"), limit == 0 ? MAX_PAGE : Math.min(limit, MAX_PAGE), (int)
                        request.number("offset", 0, 0, Integer.MAX_VALUE));
    }

    private Response list(Request request) {
        UserId owner = views.id(request);
        var listed = request.flag("include_all")
                ? tokens.listAll(request.caller(), page(request))
                : tokens.list(request.caller(), owner, page(request));
        return Response.ok(listed.stream()
                .map(found -> withOwner(wire(found.key()), found.username()))
                .toList());
    }

    private Response sessions(Request request) {
        String own = request.user().credentialId();
        return Response.ok(tokens.sessions(request.caller(), views.id(request), page(request)).stream()
                .map(ApiKeyRepository.Listed::key)
                .map(key -> new UserSession(
                        key.id(),
                        key.userId().value(),
                        key.createdAt(),
                        key.lastUsed(),
                        key.expiresAt(),
                        key.address(),
                        key.userAgent(),
                        key.id().equals(own)))
                .toList());
    }

    private Response get(Request request, String segment) {
        return Response.ok(wire(tokens.get(request.caller(), views.id(request), request.path(segment))));
    }

    private Response delete(Request request) {
        tokens.delete(request.caller(), views.id(request), request.path("keyid"));
        return Response.empty(204);
    }

    private Response expire(Request request) {
        tokens.expire(request.caller(), views.id(request), request.path("keyid"));
        return Response.empty(204);
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
                legacyScope(key.scopes()),
                key.scopes(),
                key.tokenName(),
                key.lifetimeSeconds(),
                AllowLists.wire(key.allowList()));
    }

    /** Older clients know two scopes. */
    private static String legacyScope(List<String> scopes) {
        if (scopes.contains("coder:all") || scopes.contains("all")) {
            return "all";
        }
        return scopes.contains("coder:application_connect") || scopes.contains("application_connect")
                ? "application_connect"
                : "";
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
