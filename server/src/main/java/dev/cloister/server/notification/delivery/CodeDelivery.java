package dev.cloister.server.notification.delivery;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.notification.Message;
import dev.cloister.server.notification.MessageRepository;
import dev.cloister.server.notification.Method;
import dev.cloister.server.notification.Notice;
import dev.cloister.server.notification.Occasion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends codes for a new password. A code is as good as a password while it lives, so that it never waits in the queue,
 * where a backup would hold it, nor in an inbox: it is sent at once, tried again for a little while, and then forgotten.
 */
public final class CodeDelivery {
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));
    private static final Logger LOG = LoggerFactory.getLogger(CodeDelivery.class);

    private final Transactions transactions;
    private final MessageRepository messages;
    private final Renderer renderer;
    private final Map<Method, Sender> senders;
    private final Method usual;
    private final Clock clock;

    public CodeDelivery(
            Transactions transactions,
            MessageRepository messages,
            Renderer renderer,
            Map<Method, Sender> senders,
            Method usual,
            Clock clock) {
        this.transactions = transactions;
        this.messages = messages;
        this.renderer = renderer;
        this.senders = Map.copyOf(senders);
        this.usual = usual;
        this.clock = clock;
    }

    /** Whether there is a way to people that does not need them to be signed in, and it does not rest. */
    public boolean canDeliver() {
        return method().isPresent() && !transactions.read(messages::isPaused);
    }

    private Optional<Method> method() {
        Method method = transactions
                .read(tx -> messages.methodOf(tx, Occasion.ONE_TIME_PASSCODE))
                .orElse(usual);
        return Optional.of(method).filter(senders::containsKey);
    }

    /** Sends a code, on the thread that asks for it. */
    public void deliver(Message.Recipient recipient, Secret code, Instant expires) {
        Optional<Method> method = method();
        if (method.isEmpty()
                || !transactions.read(tx -> messages.isWanted(tx, recipient.id(), Occasion.ONE_TIME_PASSCODE))) {
            return;
        }
        var message = new Message(
                UUID.randomUUID(),
                Occasion.ONE_TIME_PASSCODE,
                method.get(),
                recipient,
                Map.of("code", code.reveal(), "expires", Notice.time(expires)),
                List.of(recipient.id()),
                UUID.randomUUID(),
                1,
                true,
                clock.instant());
        try {
            send(message, expires);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Message message, Instant expires) throws InterruptedException {
        Sender sender = senders.get(message.method());
        if (sender == null) {
            return;
        }
        for (int attempt = 0; clock.instant().isBefore(expires); attempt++) {
            try {
                sender.send(message, renderer.render(message));
                return;
            } catch (DeliveryException e) {
                if (e.isLasting() || attempt >= PAUSES.size()) {
                    LOG.warn("a code for a new password was not sent: {}", e.getMessage());
                    return;
                }
                Thread.sleep(PAUSES.get(attempt));
            }
        }
    }
}
