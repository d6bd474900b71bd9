package dev.cloister.contract.api;

/** How the connection to the mail server is protected. */
public record NotificationsEmailTLSConfig(
        boolean startTls,
        String serverName,
        boolean insecureSkipVerify,
        String caFile,
        String certFile,
        String keyFile) {}
