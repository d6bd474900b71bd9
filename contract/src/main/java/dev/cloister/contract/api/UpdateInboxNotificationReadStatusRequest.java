package dev.cloister.contract.api;

/** Marks a notification as read, or as unread again. */
public record UpdateInboxNotificationReadStatusRequest(boolean isRead) {}
