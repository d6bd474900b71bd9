package dev.cloister.server.notification;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A message that is being sent.
 *
 * @param lease proves that it is ours to send
 * @param attempt counts from one
 * @param wanted whether the recipient, and their account, still want it
 */
public record Message(
        UUID id,
        Occasion occasion,
        Method method,
        Recipient recipient,
        Map<String, String> labels,
        List<UUID> targets,
        UUID lease,
        int attempt,
        boolean wanted,
        Instant createdAt) {
    public Message {
        labels = Map.copyOf(labels);
        targets = List.copyOf(targets);
    }

    /**
     * Whom it is for.
     *
     * @param email empty for accounts of machines
     */
    public record Recipient(UUID id, String username, String name, String email) {
        /** How to address them. */
        public String address() {
            return name.isEmpty() ? username : name;
        }
    }
}
