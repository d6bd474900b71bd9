package dev.cloister.contract.api;

/** How notifications are sent. Durations are nanoseconds. */
public record NotificationsConfig(
        int maxSendAttempts,
        long retryInterval,
        long leasePeriod,
        int leaseCount,
        long fetchInterval,
        String method,
        long dispatchTimeout,
        NotificationsEmailConfig email,
        NotificationsWebhookConfig webhook,
        NotificationsInboxConfig inbox) {}
