package dev.cloister.server.platform.config;

import dev.cloister.contract.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How notifications are sent.
 *
 * @param method {@code smtp} or {@code webhook}
 * @param email empty for no mail
 * @param webhook empty for none
 * @param push empty where browsers are not told
 * @param inbox whether people have one
 */
public record NotificationSettings(
        String method,
        Optional<Email> email,
        Optional<Webhook> webhook,
        Optional<Push> push,
        boolean inbox,
        Pace pace) {

    /** @param forceTls TLS from the first byte; goes before {@code startTls} */
    public record Email(
            String from, String host, int port, String hello, boolean forceTls, Optional<Login> login, EmailTls tls) {}

    public record Login(String identity, String username, Secret password) {}

    /** @param serverName empty for the name of the host */
    public record EmailTls(
            boolean startTls,
            String serverName,
            boolean skipVerify,
            Optional<Path> authorities,
            Optional<Path> certificate,
            Optional<Path> key) {}

    /** @param privateNetworks CIDR */
    public record Push(List<String> privateNetworks) {
        public Push {
            privateNetworks = List.copyOf(privateNetworks);
        }
    }

    public record Webhook(URI endpoint, Optional<Secret> secret) {}

    /** @param leaseCount how many a server sends at once */
    public record Pace(
            int maxSendAttempts,
            Duration retryInterval,
            Duration leasePeriod,
            int leaseCount,
            Duration fetchInterval,
            Duration dispatchTimeout) {}
}
