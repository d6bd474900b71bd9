package dev.cloister.server.personal.external;

import dev.cloister.contract.api.AgentExternalAuthResponse;
import dev.cloister.contract.api.SecretText;
import dev.cloister.contract.api.ZeroValues;
import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tokens of providers for the tools in a workspace, through its agent. */
final class AgentLinkRoutes {
    private static final int LONGEST_MATCH = 2048;
    private static final Duration LISTEN = Duration.ofSeconds(50);

    private final LinkService service;
    private final Events events;

    AgentLinkRoutes(LinkService service, Events events) {
        this.service = service;
        this.events = events;
    }

    void register(Routes routes) {
        routes.get("/api/v2/workspaceagents/me/external-auth", Access.agent(), this::get)
                .named("Agents", "Get the owner's token for a provider, or where they link their account")
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
        Optional<Link> link = request.flag("listen") ? await(agent, provider) : service.ofOwner(agent, provider);
        return Response.ok(link.map(found -> token(provider, found)).orElseGet(() -> missing(provider)));
    }

    /** The link as soon as there is one, at most for a time that proxies bear with. */
    private Optional<Link> await(Caller.Agent agent, Provider provider) {
        var changed = new Semaphore(0);
        long end = System.nanoTime() + LISTEN.toNanos();
        try (var _ = events.subscribe(Topics.EXTERNAL_LINK, ignored -> changed.release())) {
            while (true) {
                Optional<Link> link = service.ofOwner(agent, provider);
                long left = end - System.nanoTime();
                if (link.isPresent() || left <= 0 || !changed.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    return link;
                }
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
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
