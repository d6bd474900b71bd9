package dev.cloister.contract.api;

/** What one tells oneself; the message is Markdown. */
public record CustomNotificationContent(String title, String message) {}
