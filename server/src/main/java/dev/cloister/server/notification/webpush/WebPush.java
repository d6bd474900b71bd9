package dev.cloister.server.notification.webpush;

import dev.cloister.provisioner.egress.AddressPolicy;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.notification.PeopleNames;
import dev.cloister.server.notification.delivery.Sender;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretColumn;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The parts of Web Push put together. */
public final class WebPush implements AutoCloseable {
    /** What is encrypted of it. */
    public static final List<SecretColumn> ENCRYPTED = List.of(SubscriptionRepository.SUBSCRIPTION);

    private final ServerIdentity identity;
    private final PushService service;
    private final WebPushSender sender;
    private final WebPushRoutes routes;

    /**
     * What an operator decides.
     *
     * @param privateNetworks CIDR; where push services may be besides the public Internet, then at {@code http} too
     * @param timeout of one attempt
     */
    public record Settings(List<String> privateNetworks, Duration timeout) {
        public Settings {
            privateNetworks = List.copyOf(privateNetworks);
        }
    }

    /** @param home the address of this deployment */
    public WebPush(
            Transactions transactions,
            Authorizer authorizer,
            SecretCipher cipher,
            Settings settings,
            URI home,
            Clock clock) {
        var subscriptions = new SubscriptionRepository(cipher);
        this.identity = ServerIdentity.load(transactions, cipher, home, clock);
        this.service =
                new PushService(identity, AddressPolicy.permitting(settings.privateNetworks()), settings.timeout());
        this.sender = new WebPushSender(transactions, subscriptions, service);
        this.routes = new WebPushRoutes(
                new SubscriptionService(transactions, authorizer, subscriptions, clock),
                sender,
                !settings.privateNetworks().isEmpty());
    }

    /** What browsers subscribe for, base64url. */
    public String publicKey() {
        return identity.publicKey();
    }

    /** For the queue. */
    public Sender sender() {
        return sender;
    }

    public void register(Routes all, PeopleNames people) {
        routes.register(all, people);
    }

    @Override
    public void close() {
        service.close();
    }
}
