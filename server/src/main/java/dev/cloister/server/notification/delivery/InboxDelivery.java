package dev.cloister.server.notification.delivery;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.InboxRepository;
import dev.cloister.server.notification.Message;
import dev.cloister.server.notification.MessageRepository;
import dev.cloister.server.notification.MessageRepository.Outcome;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Puts messages into inboxes: in the transaction that notes them as sent, so exactly once. */
public final class InboxDelivery {
    private static final Duration KEPT = Duration.ofDays(365);

    private final MessageRepository messages;
    private final InboxRepository inboxes;
    private final Clock clock;

    public InboxDelivery(MessageRepository messages, InboxRepository inboxes, Clock clock) {
        this.messages = messages;
        this.inboxes = inboxes;
        this.clock = clock;
    }

    void deliver(WriteTx tx, Message message, Rendered words) {
        if (messages.end(tx, message, Outcome.SENT, "")) {
            inboxes.insert(tx, message, words.title(), words.bodyMarkdown(), words.actions(), clock.instant());
            tx.announce(Topics.INBOX_CHANGED, message.recipient().id().toString());
        }
    }

    /** Removes what nobody will look for any more. */
    int forget(WriteTx tx, Instant now) {
        return inboxes.forget(tx, now.minus(KEPT));
    }
}
