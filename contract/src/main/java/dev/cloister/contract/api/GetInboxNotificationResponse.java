package dev.cloister.contract.api;

/** A notification that has just arrived, and how many are unread with it. */
public record GetInboxNotificationResponse(InboxNotification notification, int unreadCount) {}
