package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import dev.cloister.contract.agent.RepositoryAddress;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Links of the caller's own account with providers, and their tokens for agents. */
public final class LinkService {
    /** An address without a scheme, such as {@code github.com/owner/name}. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/%+-]*)?");

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final Providers providers;
    private final LinkRepository links;
    private final OAuthClient client;
    private final LinkRefresher refresher;
    private final URI accessUrl;
    private final Clock clock;

    LinkService(
            Transactions transactions,
            Authorizer authorizer,
            Providers providers,
            LinkRepository links,
            OAuthClient client,
            URI accessUrl,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.providers = providers;
        this.links = links;
        this.client = client;
        this.refresher = new LinkRefresher(transactions, links, client, clock);
        this.accessUrl = accessUrl;
        this.clock = clock;
    }

    /**
     * A link as it is now.
     *
     * @param link null where there is none
     * @param holder what the provider says of the person, null where it says nothing
     * @param problem why it is not good, empty where it is
     */
    record State(
            Provider provider,
            @Nullable Link link,
            @Nullable JsonNode holder,
            boolean good,
            String problem) {}

    private static UserId self(Caller.User caller) {
        return new UserId(caller.subject().id());
    }

    URI callback(Provider provider) {
        return accessUrl.resolve("/external-auth/" + provider.id() + "/callback");
    }

    /** Where a person links their account. */
    URI page(Provider provider) {
        return accessUrl.resolve("/external-auth/" + provider.id());
    }

    List<Link> list(Caller.User caller) {
        List<Link> stored = transactions.read(
                tx -> links.list(tx, authorizer.require(tx, caller, Action.READ_PERSONAL, self(caller))));
        return stored.stream()
                .filter(link ->
                        providers.all().stream().anyMatch(one -> one.id().equals(link.provider())))
                .flatMap(link -> current(caller, providers.get(link.provider())).stream())
                .toList();
    }

    private Optional<Link> current(Caller.User caller, Provider provider) {
        return refresher.current(
                caller,
                provider,
                () -> transactions.read(tx -> links.find(
                        tx,
                        authorizer.require(tx, caller, Action.READ_PERSONAL, self(caller)),
                        Action.READ_PERSONAL,
                        provider.id())));
    }

    /** Whether a token can be used as far as it can be told without asking the provider. */
    String problem(Link link) {
        if (!link.refreshFailure().isEmpty()) {
            return "The provider refused to renew the token: " + link.refreshFailure();
        }
        return link.isExpired(clock.instant()) ? "The token has expired." : "";
    }

    /** Asks the provider whether the link is good. */
    State state(Caller.User caller, String id) {
        transactions.read(tx -> authorizer.require(tx, caller, Action.READ_PERSONAL, self(caller)));
        Provider provider = providers.get(id);
        Optional<Link> link = current(caller, provider);
        if (link.isEmpty()) {
            return new State(provider, null, null, false, "");
        }
        String problem = problem(link.get());
        if (!problem.isEmpty()) {
            return new State(provider, link.get(), null, false, problem);
        }
        if (provider.validateUrl() == null) {
            return new State(provider, link.get(), null, true, "");
        }
        try {
            return client.validate(provider.validateUrl(), link.get().accessToken())
                    .map(holder -> new State(provider, link.get(), holder, true, ""))
                    .orElseGet(() ->
                            new State(provider, link.get(), null, false, "The provider does not accept the token."));
        } catch (IOException e) {
            throw Failure.Unavailable.badGateway(
                    "The provider cannot be asked: " + OAuthClient.printable(String.valueOf(e.getMessage())));
        }
    }

    /** The provider, for somebody who may link their account with it. */
    Provider forLinking(Caller.User caller, String id) {
        transactions.read(tx -> authorizer.require(tx, caller, Action.UPDATE_PERSONAL, self(caller)));
        return providers.get(id);
    }

    /** The person has agreed, and the provider sent the browser back with a code. */
    void finish(Caller.User caller, Provider provider, Secret code, Secret verifier) {
        store(caller, provider, () -> client.exchange(provider, code, callback(provider), verifier));
    }

    /** The person may have typed the code of a device by now. */
    void finishDevice(Caller.User caller, Provider provider, Secret deviceCode) {
        store(caller, provider, () -> client.exchangeDevice(provider, deviceCode));
    }

    @FunctionalInterface
    private interface Exchange {
        OAuthClient.Tokens run() throws IOException;
    }

    private void store(Caller.User caller, Provider provider, Exchange exchange) {
        OAuthClient.Tokens tokens;
        try {
            tokens = exchange.run();
        } catch (OAuthClient.RefusedException e) {
            // Clients that wait for a person look for the code in the detail.
            throw new Failure.Invalid(
                    "The provider refused.", e.code().isEmpty() ? String.valueOf(e.getMessage()) : e.code(), List.of());
        } catch (IOException e) {
            throw Failure.Unavailable.badGateway(
                    "The provider cannot be asked: " + OAuthClient.printable(String.valueOf(e.getMessage())));
        }
        UserId user = self(caller);
        Instant now = clock.instant();
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, user);
            Optional<Link> before = links.find(tx, permit, Action.UPDATE_PERSONAL, provider.id());
            var after = new Link(
                    user,
                    provider.id(),
                    tokens.accessToken(),
                    tokens.refreshToken(),
                    LinkRefresher.expiry(tokens, now),
                    "",
                    now,
                    now);
            links.put(tx, permit, after);
            tx.announce(Topics.EXTERNAL_LINK, user.value().toString());
            return Changed.to(
                    after,
                    before.map(old -> AuditEvent.updated(old, after)).orElseGet(() -> AuditEvent.created(after)));
        });
    }

    JsonNode deviceCode(Caller.User caller, Provider provider) {
        URI url = provider.deviceUrl();
        if (!provider.deviceFlow() || url == null) {
            throw new Failure.Invalid("This external auth provider does not support the device flow.");
        }
        try {
            return client.deviceCode(provider, url);
        } catch (IOException e) {
            throw Failure.Unavailable.badGateway(
                    "The provider cannot be asked: " + OAuthClient.printable(String.valueOf(e.getMessage())));
        }
    }

    /**
     * What became of ending a token at the provider.
     *
     * @param error empty where there was none
     */
    record Revocation(boolean done, String error) {}

    /** Forgets the link, and ends the token at the provider where it offers that. */
    Revocation delete(Caller.User caller, String id) {
        UserId user = self(caller);
        Link gone = transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, user);
            Provider provider = providers.get(id);
            Link before = links.find(tx, permit, Action.UPDATE_PERSONAL, provider.id())
                    .orElseThrow(Failure.NotFound::new);
            links.delete(tx, permit, provider.id());
            return Changed.to(before, AuditEvent.deleted(before));
        });
        Provider provider = providers.get(id);
        URI url = provider.revokeUrl();
        if (url == null) {
            return new Revocation(false, "");
        }
        try {
            client.revoke(provider, url, gone.accessToken());
            return new Revocation(true, "");
        } catch (IOException e) {
            return new Revocation(false, OAuthClient.printable(String.valueOf(e.getMessage())));
        }
    }

    private static AuditEvent handedOut(Caller.Agent agent, Link link, String address) {
        AuditEvent event = AuditEvent.done(AuditAction.OPEN, link)
                .with("workspace_id", agent.workspaceId().toString());
        return RepositoryAddress.parse(address)
                .map(where -> event.with("host", where.place()))
                .orElse(event);
    }

    /** The provider that an agent means. */
    Provider forAgent(Optional<String> id, Optional<String> match) {
        if (id.isPresent() == match.isPresent()) {
            throw new Failure.Invalid("Give either id or match.");
        }
        return id.isPresent()
                ? providers.get(id.get())
                : matching(match.orElse("")).orElseThrow(() -> new Failure.NotFound("No provider matches."));
    }

    /**
     * The provider for the address of a repository, by where that is: whatever stands before an {@code @} would let
     * anybody's host pass for another.
     */
    Optional<Provider> matching(String text) {
        Optional<RepositoryAddress> address = RepositoryAddress.parse(text);
        if (address.isPresent()) {
            String plain = address.get().toString();
            return providers
                    .matching(plain)
                    .or(() -> address.get().path().isEmpty() ? providers.matching(plain + "/") : Optional.empty());
        }
        return BARE.matcher(text).matches() ? providers.matching(text) : Optional.empty();
    }

    Optional<Provider> named(String id) {
        return providers.all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * The token of the owner of an agent's workspace, empty where there is none that can be used.
     *
     * @param address of the repository that it is for, empty where that is not known; it is put on the audit log
     */
    Optional<Link> ofOwner(Caller.Agent agent, Provider provider, String address) {
        Optional<Link> link = refresher
                .current(
                        agent,
                        provider,
                        () -> transactions.read(tx -> links.findOfOwner(
                                tx,
                                authorizer.require(
                                        tx, agent, Action.UPDATE_AGENT, new WorkspaceAgentId(agent.agentId())),
                                provider.id())))
                .filter(found -> problem(found).isEmpty());
        link.ifPresent(found -> transactions.record(agent, handedOut(agent, found, address)));
        return link;
    }
}
