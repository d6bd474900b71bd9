package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a browser begins to link an account, and where the provider sends it back to. A cookie that only this route sees
 * ties both together, so that nobody can make a person link the account of somebody else (RFC 6749, 10.12).
 */
final class CallbackRoutes {
    private static final String STATE = "oauth_state";
    private static final String VERIFIER = "oauth_pkce_verifier";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_CODE = 4096;

    private final LinkService service;
    private final boolean secureCookies;

    CallbackRoutes(LinkService service, boolean secureCookies) {
        this.service = service;
        this.secureCookies = secureCookies;
    }

    void register(Routes routes) {
        routes.get(
                        "/external-auth/{externalauth}/callback",
                        Access.to(Action.UPDATE_PERSONAL, ResourceType.USER),
                        this::callback)
                .named("Git", "Link one's account with a provider, in a browser")
                .query("code", String.class, "What the provider gave; without it linking begins")
                .query("state", String.class, "What was given to the provider")
                .answers(303)
                .answers(400, ApiError.class);
    }

    private Response callback(Request request) {
        Provider provider = service.forLinking(request.user(), request.path("externalauth"));
        if (request.query("error").isPresent()) {
            throw new Failure.Invalid("The provider refused: "
                    + OAuthClient.printable(request.query("error").orElse("")));
        }
        return request.query("code").isPresent() ? finish(request, provider) : begin(request, provider);
    }

    private Response begin(Request request, Provider provider) {
        Secret state = Secret.random(SECRET_BYTES);
        Secret verifier = Secret.random(SECRET_BYTES);
        return Response.redirect(OAuthClient.authorization(provider, service.callback(provider), state, verifier)
                        .toString())
                .header("Set-Cookie", cookie(request, STATE, state.reveal(), PATIENCE))
                .header("Set-Cookie", cookie(request, VERIFIER, verifier.reveal(), PATIENCE));
    }

    private Response finish(Request request, Provider provider) {
        Optional<Secret> expected = request.cookie(STATE).map(Secret::of);
        Optional<Secret> verifier = request.cookie(VERIFIER).map(Secret::of);
        String state = request.query("state").orElse("");
        String code = request.query("code").orElse("");
        if (expected.isEmpty()
                || verifier.isEmpty()
                || !expected.get().matches(state)
                || code.length() > LONGEST_CODE) {
            throw new Failure.Invalid("Linking was not begun in this browser, or too long ago. Begin again.");
        }
        service.finish(request.user(), provider, Secret.of(code), verifier.get());
        return Response.redirect(service.page(provider).toString())
                .header("Set-Cookie", cookie(request, STATE, "", Duration.ZERO))
                .header("Set-Cookie", cookie(request, VERIFIER, "", Duration.ZERO));
    }

    private String cookie(Request request, String name, String value, Duration life) {
        boolean secure = secureCookies || request.isSecure();
        return name + "=" + value + "; Path=/external-auth/; HttpOnly; SameSite=Lax; Max-Age=" + life.toSeconds()
                + (secure ? "; Secure" : "");
    }
}
