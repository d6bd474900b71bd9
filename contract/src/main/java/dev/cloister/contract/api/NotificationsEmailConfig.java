package dev.cloister.contract.api;

/** How mail is sent. */
public record NotificationsEmailConfig(
        String from,
        String smarthost,
        String hello,
        NotificationsEmailAuthConfig auth,
        NotificationsEmailTLSConfig tls,
        boolean forceTls) {}
