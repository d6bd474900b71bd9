package dev.cloister.server.notification;

import dev.cloister.contract.api.GetInboxNotificationResponse;
import dev.cloister.contract.api.InboxNotification;
import dev.cloister.contract.api.ListInboxNotificationsResponse;
import dev.cloister.contract.api.UpdateInboxNotificationReadStatusResponse;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.notification.delivery.Renderer;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.Push;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One's own inbox. Nobody reads another person's here, whatever their roles. */
final class InboxService {
    private static final int PAGE = 25;
    private static final int BURST = 200;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);
    /** Notifications that were stored later can bear an earlier time: so far back is looked for them. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final InboxRepository inboxes;
    private final Events events;
    private final Clock clock;

    InboxService(
            Transactions transactions, Authorizer authorizer, InboxRepository inboxes, Events events, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.inboxes = inboxes;
        this.events = events;
        this.clock = clock;
    }

    private OwnedPermit permit(Caller.User caller, Action action) {
        return authorizer.requireOwned(
                caller,
                action,
                ResourceType.INBOX_NOTIFICATION,
                null,
                caller.subject().id());
    }

    /** @param before the last one that is known already, empty for the newest */
    ListInboxNotificationsResponse list(Caller.User caller, InboxFilter filter, Optional<UUID> before) {
        var permit = permit(caller, Action.READ);
        return transactions.read(tx -> {
            var place = before.map(id -> inboxes.place(tx, permit, id)
                            .orElseThrow(
                                    () -> InboxFilter.invalid("starting_before", "There is no such notification.")))
                    .orElse(null);
            return new ListInboxNotificationsResponse(
                    inboxes.page(tx, permit, filter, place, PAGE), inboxes.unread(tx, permit, Action.READ));
        });
    }

    UpdateInboxNotificationReadStatusResponse mark(Caller.User caller, UUID id, boolean read) {
        var permit = permit(caller, Action.UPDATE);
        Instant now = clock.instant();
        return transactions.change(caller, tx -> {
            InboxNotification marked =
                    inboxes.mark(tx, permit, id, read ? now : null).orElseThrow(Failure.NotFound::new);
            var answer =
                    new UpdateInboxNotificationReadStatusResponse(marked, inboxes.unread(tx, permit, Action.UPDATE));
            return Changed.unaudited(answer, Unaudited.NOTIFICATION_READ);
        });
    }

    void markAllRead(Caller.User caller) {
        var permit = permit(caller, Action.UPDATE);
        transactions.change(caller, tx -> {
            inboxes.markAllRead(tx, permit, clock.instant());
            return Changed.unaudited(true, Unaudited.NOTIFICATION_READ);
        });
    }

    /** Each notification that comes from now on; decided before the first. */
    Push.Source watch(Caller.User caller, InboxFilter filter, boolean plainText) {
        var permit = permit(caller, Action.READ);
        Instant from = clock.instant();
        return push -> watch(permit, caller.subject().id(), filter, plainText, from, push);
    }

    private void watch(OwnedPermit permit, UUID person, InboxFilter filter, boolean plainText, Instant from, Push push)
            throws IOException, InterruptedException {
        try (var wakeup = Wakeup.on(events, Topics.INBOX_CHANGED, person)) {
            push.onEnd(wakeup::wake);
            Set<UUID> sent = new LinkedHashSet<>();
            Instant since = from;
            while (push.isOpen()) {
                Instant now = clock.instant();
                for (GetInboxNotificationResponse arrival : arrivals(permit, filter, since, sent)) {
                    push.send(plainText ? plain(arrival) : arrival);
                    sent.add(arrival.notification().id());
                }
                Instant back = now.minus(OVERLAP);
                since = back.isAfter(from) ? back : from;
                while (sent.size() > 2 * BURST) {
                    sent.remove(sent.iterator().next());
                }
                wakeup.await(LOOK_AGAIN);
                push.keepAlive();
            }
        }
    }

    private List<GetInboxNotificationResponse> arrivals(
            OwnedPermit permit, InboxFilter filter, Instant since, Set<UUID> sent) {
        try {
            return transactions.read(tx -> {
                int unread = inboxes.unread(tx, permit, Action.READ);
                return inboxes.since(tx, permit, filter, since, BURST).stream()
                        .filter(one -> !sent.contains(one.id()))
                        .map(one -> new GetInboxNotificationResponse(one, unread))
                        .toList();
            });
        } catch (Failure.Unavailable e) {
            return List.of();
        }
    }

    private static GetInboxNotificationResponse plain(GetInboxNotificationResponse arrival) {
        InboxNotification markdown = arrival.notification();
        return new GetInboxNotificationResponse(
                new InboxNotification(
                        markdown.id(),
                        markdown.userId(),
                        markdown.templateId(),
                        markdown.targets(),
                        markdown.title(),
                        Renderer.plain(markdown.content()),
                        markdown.icon(),
                        markdown.actions(),
                        markdown.readAt(),
                        markdown.createdAt()),
                arrival.unreadCount());
    }
}
