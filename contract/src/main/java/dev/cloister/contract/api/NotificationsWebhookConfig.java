package dev.cloister.contract.api;

/** Where notifications are posted, empty for nowhere. */
public record NotificationsWebhookConfig(String endpoint) {}
