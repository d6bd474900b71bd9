package dev.cloister.contract.api;

/** The notification after the change, and how many are unread after it. */
public record UpdateInboxNotificationReadStatusResponse(InboxNotification notification, int unreadCount) {}
