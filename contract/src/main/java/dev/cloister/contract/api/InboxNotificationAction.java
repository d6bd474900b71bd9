package dev.cloister.contract.api;

/** A link that a notification offers. */
public record InboxNotificationAction(String label, String url) {}
