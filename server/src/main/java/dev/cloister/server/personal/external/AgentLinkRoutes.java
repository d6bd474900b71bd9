package dev.cloister.server.personal.external;

import dev.cloister.contract.api.AgentExternalAuthResponse;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Tokens of providers for the tools in a workspace, through its agent. */
final class AgentLinkRoutes {
    private static final int LONGEST_MATCH = 2048;
    private static final Duration LISTEN = Duration.ofSeconds(50);
    private static final String TOKEN = "/api/v2/workspaceagents/me/external-auth";

    /** What the address was before there were other providers than those of Git. */
    private static final String FORMER = "/api/v2/workspaceagents/me/gitauth";

    private final LinkService service;
    private final OwnersTokens tokens;

    AgentLinkRoutes(LinkService service, OwnersTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    void register(Routes routes) {
        describe(routes.get(TOKEN, Access.agent(), this::get)
                .named("Agents", "Get the owner's token for a provider, or where they link their account"));
        describe(routes.get(FORMER, Access.agent(), this::get)
                .named("Agents", "Get the owner's token for a provider by the former address"));
    }

    private static void describe(Operation operation) {
        operation
                .query("id", String.class, "The provider")
                .query("match", String.class, "The address of a repository that the provider is for")
                .query("listen", Boolean.class, "Wait a while for a link that is not there yet")
                .answers(200, AgentExternalAuthResponse.class);
    }

    private Response get(Request request) {
        if (!(request.caller() instanceof Caller.Agent agent)) {
            throw new Failure.Unauthenticated("Agent token is invalid.");
        }
        Optional<String> match = request.query("match");
        if (match.filter(text -> text.length() > LONGEST_MATCH).isPresent()) {
            throw new Failure.Invalid("Query parameters have invalid values.", "match", "Is too long.");
        }
        Provider provider = service.forAgent(request.query("id"), match);
        Duration patience = request.flag("listen") ? LISTEN : Duration.ZERO;
        Optional<Link> link = tokens.of(agent, provider, match.orElse(""), patience);
        return Response.ok(link.map(found -> token(provider, found)).orElseGet(() -> missing(provider)));
    }

    private static AgentExternalAuthResponse token(Provider provider, Link link) {
        var token = new SecretText(link.accessToken());
        String user = provider.gitUser();
        return new AgentExternalAuthResponse(
                token,
                Map.of(),
                "",
                provider.type(),
                user.isEmpty() ? token : new SecretText(user),
                user.isEmpty() ? new SecretText("") : token,
                link.expiresAt() == null ? ZeroValues.TIME : link.expiresAt());
    }

    private AgentExternalAuthResponse missing(Provider provider) {
        var none = new SecretText("");
        return new AgentExternalAuthResponse(
                none, Map.of(), service.page(provider).toString(), provider.type(), none, none, ZeroValues.TIME);
    }
}
