package dev.cloister.server.notification.delivery;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.Message;
import dev.cloister.server.notification.MessageRepository;
import dev.cloister.server.notification.MessageRepository.Outcome;
import dev.cloister.server.notification.Method;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from the queue and sends them. Several servers may: each leases what it sends, and an attempt is over
 * before its lease is. Only a server that dies between the sending and the note of it has a message sent again.
 */
public final class Delivery implements AutoCloseable {
    private static final Caller.Job CALLER = new Caller.Job("notifier", Set.of(), Origin.internal());
    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration TIDY_EVERY = Duration.ofHours(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int LONGEST_ERROR = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Transactions transactions;
    private final Events events;
    private final MessageRepository messages;
    private final Renderer renderer;
    private final InboxDelivery inbox;
    private final Map<Method, Sender> senders;
    private final DeliverySettings settings;
    private final Clock clock;
    private volatile @Nullable Thread thread;
    private Instant tidied = Instant.MIN;

    /** @param senders by method, without that of the inbox */
    public Delivery(
            Transactions transactions,
            Events events,
            MessageRepository messages,
            Renderer renderer,
            InboxDelivery inbox,
            Map<Method, Sender> senders,
            DeliverySettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.events = events;
        this.messages = messages;
        this.renderer = renderer;
        this.inbox = inbox;
        this.senders = Map.copyOf(senders);
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to send. */
    public void start() {
        thread = Thread.ofVirtual().name("notifier").start(this::run);
    }

    private void run() {
        try (var wakeup = Wakeup.onAny(events, Topics.NOTIFICATION_WAITING)) {
            while (true) {
                try {
                    if (round() < settings.count()) {
                        tidy();
                        wakeup.await(settings.poll());
                    }
                } catch (Failure.Unavailable e) {
                    Thread.sleep(Duration.ofSeconds(1));
                } catch (RuntimeException e) {
                    LOG.error("sending notifications stumbled", e);
                    Thread.sleep(Duration.ofSeconds(1));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the notifier ends");
        }
    }

    /** Sends what is due now, as much as is sent at once; returns how many messages that were. */
    public int round() throws InterruptedException {
        Instant now = clock.instant();
        List<Message> leased = transactions.change(
                CALLER,
                tx -> Changed.unaudited(
                        messages.lease(tx, UUID.randomUUID(), settings.count(), now, now.plus(settings.lease())),
                        Unaudited.NOTIFICATION_DELIVERY));
        var threads = new ArrayList<Thread>();
        for (Message message : leased) {
            threads.add(Thread.ofVirtual().name("notification").start(() -> attempt(message)));
        }
        for (Thread one : threads) {
            one.join();
        }
        return leased.size();
    }

    private void attempt(Message message) {
        try {
            if (!message.wanted()) {
                end(message, Outcome.INHIBITED, "");
            } else if (message.attempt() > settings.maxAttempts()) {
                end(message, Outcome.FAILED, "The servers that sent it ended before they were done.");
            } else if (message.method() == Method.INBOX) {
                settle(tx -> inbox.deliver(tx, message, renderer.render(message)));
            } else {
                send(message);
            }
        } catch (RuntimeException e) {
            LOG.warn("notification {} stays leased until it is tried again", message.id(), e);
        }
    }

    private void send(Message message) {
        Sender sender = senders.get(message.method());
        if (sender == null) {
            end(message, Outcome.FAILED, "This server has nowhere to send to by that method any more.");
            return;
        }
        try {
            sender.send(message, renderer.render(message));
            end(message, Outcome.SENT, "");
        } catch (DeliveryException e) {
            failed(message, e);
        }
    }

    private void failed(Message message, DeliveryException e) {
        String error = error(e);
        if (e.isLasting() || message.attempt() >= settings.maxAttempts()) {
            LOG.warn("notification {} was given up in attempt {}: {}", message.id(), message.attempt(), error);
            end(message, Outcome.FAILED, error);
            return;
        }
        Instant next = clock.instant().plus(settings.after(message.attempt()));
        LOG.info("notification {} is tried again at {}: {}", message.id(), next, error);
        settle(tx -> messages.again(tx, message, next, error));
    }

    private static String error(DeliveryException e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR);
    }

    private void end(Message message, Outcome outcome, String error) {
        settle(tx -> {
            var unused = messages.end(tx, message, outcome, error);
        });
    }

    private void settle(Consumer<WriteTx> work) {
        transactions.change(CALLER, tx -> {
            work.accept(tx);
            return Changed.unaudited(true, Unaudited.NOTIFICATION_DELIVERY);
        });
    }

    private void tidy() {
        Instant now = clock.instant();
        if (now.isBefore(tidied.equals(Instant.MIN) ? tidied : tidied.plus(TIDY_EVERY))) {
            return;
        }
        tidied = now;
        settle(tx -> {
            int forgotten = messages.forget(tx, now.minus(KEPT)) + inbox.forget(tx, now);
            LOG.debug("{} old notifications were removed", forgotten);
        });
    }

    /** Begins nothing new; what is being sent has a moment to be noted as sent. */
    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            try {
                var unused = running.join(CLOSE_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
