package dev.cloister.server.notification.delivery;

import java.time.Duration;

/**
 * How messages are sent.
 *
 * @param maxAttempts after which a message is given up
 * @param retryInterval until the second attempt; each later one waits twice as long as the one before
 * @param lease how long a server keeps the messages that it sends
 * @param count how many it sends at once
 * @param poll how long it rests where no event wakes it
 */
public record DeliverySettings(int maxAttempts, Duration retryInterval, Duration lease, int count, Duration poll) {
    /** What an operator has who says nothing. */
    public static final DeliverySettings STANDARD =
            new DeliverySettings(5, Duration.ofMinutes(5), Duration.ofMinutes(2), 20, Duration.ofSeconds(15));

    private static final Duration LONGEST_WAIT = Duration.ofHours(6);

    /** How long to wait after the given attempt, which counts from one. */
    Duration after(int attempt) {
        Duration wait = retryInterval.multipliedBy(1L << Math.min(attempt - 1, 16));
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }
}
