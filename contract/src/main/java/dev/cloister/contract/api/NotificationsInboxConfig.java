package dev.cloister.contract.api;

/** Whether notifications reach inboxes. */
public record NotificationsInboxConfig(boolean enabled) {}
