package dev.cloister.server.notification.delivery;

import dev.cloister.contract.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where messages are posted.
 *
 * @param secret signs them, so that the receiver knows where they come from
 * @param timeout of one attempt
 */
public record WebhookSettings(URI endpoint, Optional<Secret> secret, Duration timeout) {}
