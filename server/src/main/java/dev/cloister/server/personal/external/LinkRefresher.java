package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews tokens that have expired. One at a time for each link: most refresh tokens work once. */
final class LinkRefresher {
    private static final int STRIPES = 64;
    private static final Logger LOG = LoggerFactory.getLogger(LinkRefresher.class);

    private final Transactions transactions;
    private final LinkRepository links;
    private final OAuthClient client;
    private final Clock clock;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    LinkRefresher(Transactions transactions, LinkRepository links, OAuthClient client, Clock clock) {
        this.transactions = transactions;
        this.links = links;
        this.client = client;
        this.clock = clock;
        Arrays.setAll(stripes, ignored -> new ReentrantLock());
    }

    /**
     * The link with a token that has not expired; with an expired one where it cannot be renewed.
     *
     * @param again reads the link as it is stored
     */
    Optional<Link> current(Caller caller, Provider provider, Supplier<Optional<Link>> again) {
        Optional<Link> link = again.get();
        if (link.isEmpty() || !needsRenewal(provider, link.get())) {
            return link;
        }
        var stripe = stripes[
                Math.floorMod(link.get().user().hashCode() * 31 + provider.id().hashCode(), STRIPES)];
        stripe.lock();
        try {
            Optional<Link> latest = again.get();
            return latest.isPresent() && needsRenewal(provider, latest.get())
                    ? Optional.of(renew(caller, provider, latest.get(), again))
                    : latest;
        } finally {
            stripe.unlock();
        }
    }

    private boolean needsRenewal(Provider provider, Link link) {
        return provider.refresh() && link.refreshToken() != null && link.isExpired(clock.instant());
    }

    private Link renew(Caller caller, Provider provider, Link link, Supplier<Optional<Link>> again) {
        Link after;
        try {
            after = with(link, client.refresh(provider, java.util.Objects.requireNonNull(link.refreshToken())));
        } catch (OAuthClient.RefusedException e) {
            LOG.debug("provider {} does not renew a token: {}", provider.id(), e.getMessage());
            after = refused(link, OAuthClient.printable(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            LOG.warn("provider {} cannot be asked to renew a token: {}", provider.id(), e.getMessage());
            return link;
        }
        Link outcome = after;
        transactions.change(caller, tx -> {
            links.renewed(tx, link, outcome);
            return Changed.unaudited(outcome, Unaudited.TOKEN_RENEWAL);
        });
        // Another server may have been first, and then what this one got counts for nothing.
        return again.get().orElse(outcome);
    }

    private Link with(Link link, OAuthClient.Tokens tokens) {
        Secret refresh = tokens.refreshToken() == null ? link.refreshToken() : tokens.refreshToken();
        return changed(link, tokens.accessToken(), refresh, expiry(tokens, clock.instant()), "");
    }

    private Link refused(Link link, String reason) {
        return changed(link, link.accessToken(), null, link.expiresAt(), reason);
    }

    private Link changed(
            Link link, Secret access, @Nullable Secret refresh, @Nullable Instant expires, String failure) {
        return new Link(
                link.user(), link.provider(), access, refresh, expires, failure, link.createdAt(), clock.instant());
    }

    static @Nullable Instant expiry(OAuthClient.Tokens tokens, Instant now) {
        return tokens.expiresIn() == null ? null : now.plus(tokens.expiresIn());
    }
}
