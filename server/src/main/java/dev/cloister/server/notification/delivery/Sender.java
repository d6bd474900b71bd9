package dev.cloister.server.notification.delivery;

import dev.cloister.server.notification.Message;

/** A way out of the server. One call is one attempt, which ends within the time that its settings allow. */
@FunctionalInterface
public interface Sender {
    /** @throws DeliveryException where it was not taken */
    void send(Message message, Rendered words) throws DeliveryException;
}
