package dev.cloister.server.personal.external;

import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.GetProviderTokenRequest;
import dev.cloister.contract.agent.ProviderToken;
import dev.cloister.contract.agent.RepositoryAddress;
import dev.cloister.server.access.Caller;
import dev.cloister.server.connection.agent.AgentCall;
import dev.cloister.server.platform.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tokens of providers for Git and the command line in a workspace, by the connection of its agent. */
final class AgentLinkCalls {
    /** Less than a call of an agent may take. */
    private static final Duration LISTEN = Duration.ofSeconds(20);

    private final LinkService service;
    private final OwnersTokens tokens;

    AgentLinkCalls(LinkService service, OwnersTokens tokens) {
        this.service = service;
        this.tokens = tokens;
    }

    List<AgentCall<?>> all() {
        return List.of(
                new AgentCall<>(AgentRpc.GET_PROVIDER_TOKEN, GetProviderTokenRequest.parser(), this::providerToken));
    }

    private ProviderToken providerToken(Caller.Agent agent, GetProviderTokenRequest request) {
        Optional<Provider> provider = provider(request);
        if (provider.isEmpty()) {
            return ProviderToken.getDefaultInstance();
        }
        Duration patience = request.getWait() ? LISTEN : Duration.ZERO;
        Optional<Link> link = tokens.of(agent, provider.get(), request.getAddress(), patience);
        return ProviderToken.newBuilder()
                .setProviderId(provider.get().id())
                .setToken(link.map(found -> found.accessToken().reveal()).orElse(""))
                .setUsername(provider.get().gitUser())
                .setPage(service.page(provider.get()).toString())
                .build();
    }

    private Optional<Provider> provider(GetProviderTokenRequest request) {
        if (request.getProviderId().isEmpty() == request.getAddress().isEmpty()) {
            throw new Failure.Invalid("Give either a provider or an address.");
        }
        if (request.getAddress().isEmpty()) {
            return service.named(request.getProviderId());
        }
        return RepositoryAddress.parse(request.getAddress())
                .filter(RepositoryAddress::isPrivate)
                .flatMap(address -> service.matching(address.toString()));
    }
}
