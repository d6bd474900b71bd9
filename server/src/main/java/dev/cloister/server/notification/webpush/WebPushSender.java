package dev.cloister.server.notification.webpush;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.notification.Message;
import dev.cloister.server.notification.delivery.DeliveryException;
import dev.cloister.server.notification.delivery.Rendered;
import dev.cloister.server.notification.delivery.Sender;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages to all browsers in which their recipient wants them. */
final class WebPushSender implements Sender {
    private static final Logger LOG = LoggerFactory.getLogger(WebPushSender.class);
    private static final Caller.Job JOB = new Caller.Job("web push", Set.of(), Origin.internal());
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_BODY = 800;

    private final Transactions transactions;
    private final SubscriptionRepository subscriptions;
    private final PushService service;

    WebPushSender(Transactions transactions, SubscriptionRepository subscriptions, PushService service) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.service = service;
    }

    @Override
    public void send(Message message, Rendered words) throws DeliveryException {
        List<Subscription> all = transactions.read(tx -> subscriptions.ofRecipient(tx, message));
        Set<PushService.Outcome> outcomes = pushAll(all, payload(message.id(), words), message.id());
        // Taken once is enough: a second attempt would tell those browsers again that have it.
        if (outcomes.contains(PushService.Outcome.TAKEN)) {
            return;
        }
        throw outcomes.contains(PushService.Outcome.LATER)
                ? DeliveryException.passing("no push service could be reached")
                : DeliveryException.lasting("no browser is subscribed any more");
    }

    /** To all at once, so that a slow push service takes no other's time. Removes those that are gone. */
    Set<PushService.Outcome> pushAll(List<Subscription> all, byte[] payload, UUID topic) {
        Set<PushService.Outcome> outcomes = ConcurrentHashMap.newKeySet();
        var threads = all.stream()
                .map(one -> Thread.ofVirtual().name("web push").start(() -> push(one, payload, topic, outcomes)))
                .toList();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
            outcomes.add(PushService.Outcome.LATER);
        }
        return outcomes;
    }

    private void push(Subscription to, byte[] payload, UUID topic, Set<PushService.Outcome> outcomes) {
        try {
            var outcome = service.push(to, payload, topic);
            if (outcome == PushService.Outcome.GONE) {
                forget(to);
            }
            outcomes.add(outcome);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a browser of {} cannot be told", to.user(), e);
            outcomes.add(PushService.Outcome.LATER);
        }
    }

    private void forget(Subscription dead) {
        transactions.change(
                JOB,
                tx -> subscriptions.forget(tx, dead)
                        ? Changed.to(
                                dead, AuditEvent.deleted(dead).with("reason", "the push service no longer knows it"))
                        : Changed.unaudited(dead, Unaudited.NO_CHANGE));
    }

    private static byte[] payload(UUID id, Rendered words) {
        var actions = words.actions().stream()
                .limit(2)
                .map(action -> Map.of("label", action.label(), "url", action.url()))
                .toList();
        return payload(words.title(), words.body(), id, actions);
    }

    /** In the published form. It fits whatever it says. */
    static byte[] payload(String title, String body, UUID tag, List<Map<String, String>> actions) {
        byte[] full = bytes(title, body, tag, actions);
        return full.length <= PushCipher.LONGEST ? full : bytes(title, body, tag, List.of());
    }

    private static byte[] bytes(String title, String body, UUID tag, List<Map<String, String>> actions) {
        return ApiJson.mapper()
                .writeValueAsString(Map.of(
                        "icon",
                        "",
                        "title",
                        cut(title, LONGEST_TITLE),
                        "body",
                        cut(body, LONGEST_BODY),
                        "tag",
                        tag.toString(),
                        "actions",
                        actions))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
