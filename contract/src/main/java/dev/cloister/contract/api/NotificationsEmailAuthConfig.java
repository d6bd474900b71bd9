package dev.cloister.contract.api;

/** Who the server is to the mail server. The password has no place here. */
public record NotificationsEmailAuthConfig(String identity, String username) {}
