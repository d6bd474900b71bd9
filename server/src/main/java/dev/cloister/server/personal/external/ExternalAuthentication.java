package dev.cloister.server.personal.external;

import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.connection.agent.AgentCall;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/** The parts of linking put together. */
public final class ExternalAuthentication {
    /** What is encrypted of it. */
    public static final List<SecretColumn> ENCRYPTED = List.of(LinkRepository.ACCESS, LinkRepository.REFRESH);

    private final LinkRoutes links;
    private final CallbackRoutes callbacks;
    private final AgentLinkRoutes agents;
    private final AgentLinkCalls calls;

    /** @param accessUrl the address of this deployment, where providers send browsers back to */
    public ExternalAuthentication(
            Transactions transactions,
            Authorizer authorizer,
            Events events,
            SecretCipher cipher,
            Providers providers,
            URI accessUrl,
            boolean secureCookies,
            Clock clock) {
        var service = new LinkService(
                transactions, authorizer, providers, new LinkRepository(cipher), new OAuthClient(), accessUrl, clock);
        this.links = new LinkRoutes(providers, service);
        this.callbacks = new CallbackRoutes(service, secureCookies);
        var tokens = new OwnersTokens(service, events);
        this.agents = new AgentLinkRoutes(service, tokens);
        this.calls = new AgentLinkCalls(service, tokens);
    }

    /** What the agents of workspaces can ask for. */
    public List<AgentCall<?>> agentCalls() {
        return calls.all();
    }

    public void register(Routes routes) {
        links.register(routes);
        callbacks.register(routes);
        agents.register(routes);
    }
}
