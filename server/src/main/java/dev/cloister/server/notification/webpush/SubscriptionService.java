package dev.cloister.server.notification.webpush;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The browsers in which people want to be told. */
final class SubscriptionService {
    /** For each person. */
    static final int MOST = 20;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final SubscriptionRepository subscriptions;
    private final Clock clock;

    SubscriptionService(
            Transactions transactions, Authorizer authorizer, SubscriptionRepository subscriptions, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    private OwnedPermit permit(Caller caller, Action action, UUID person) {
        return authorizer.requireOwned(caller, action, ResourceType.WEBPUSH_SUBSCRIPTION, null, person);
    }

    /**
     * Subscribes a browser, again where it is subscribed.
     *
     * @param wanted looked at only where the caller may subscribe, since it may be refused
     */
    void subscribe(Caller caller, UUID person, Supplier<NewSubscription> wanted) {
        var permit = permit(caller, Action.CREATE, person);
        transactions.change(caller, tx -> {
            if (!subscriptions.lock(tx, permit, Action.CREATE)) {
                throw new Failure.NotFound();
            }
            NewSubscription given = wanted.get();
            var fresh = new Subscription(
                    UUID.randomUUID(),
                    person,
                    given.host(),
                    given.endpoint(),
                    given.key(),
                    given.auth(),
                    clock.instant());
            var events = new ArrayList<AuditEvent>();
            subscriptions.find(tx, permit, Action.CREATE, given.endpoint()).ifPresent(old -> {
                subscriptions.delete(tx, permit, Action.CREATE, old);
                events.add(AuditEvent.deleted(old));
            });
            if (subscriptions.count(tx, permit) >= MOST) {
                throw new Failure.Invalid("At most " + MOST + " browsers can be subscribed; remove another one first.");
            }
            subscriptions.insert(tx, permit, fresh);
            events.add(AuditEvent.created(fresh));
            return Changed.to(fresh, events);
        });
    }

    /** @throws Failure.NotFound where this browser is not subscribed */
    void unsubscribe(Caller caller, UUID person, Supplier<Secret> endpoint) {
        var permit = permit(caller, Action.DELETE, person);
        transactions.change(caller, tx -> {
            var gone = subscriptions
                    .find(tx, permit, Action.DELETE, endpoint.get())
                    .orElseThrow(() -> new Failure.NotFound("This browser is not subscribed."));
            subscriptions.delete(tx, permit, Action.DELETE, gone);
            return Changed.to(gone, AuditEvent.deleted(gone));
        });
    }

    /** Those to which a test is to go, by somebody who may subscribe others. */
    List<Subscription> forTest(Caller caller, UUID person) {
        var permit = permit(caller, Action.CREATE, person);
        return transactions.read(tx -> subscriptions.list(tx, permit, Action.CREATE));
    }
}
