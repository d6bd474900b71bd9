package dev.cloister.contract.api;

import java.util.List;

/** A page of an inbox, newest first, and how many are unread in the whole of it. */
public record ListInboxNotificationsResponse(List<InboxNotification> notifications, int unreadCount) {}
