package dev.cloister.server.deployment;

import dev.cloister.contract.api.DeploymentValues;
import dev.cloister.contract.api.HTTPCookieConfig;
import dev.cloister.contract.api.HealthcheckConfig;
import dev.cloister.contract.api.HostPort;
import dev.cloister.contract.api.LoggingConfig;
import dev.cloister.contract.api.NotificationsConfig;
import dev.cloister.contract.api.NotificationsEmailAuthConfig;
import dev.cloister.contract.api.NotificationsEmailConfig;
import dev.cloister.contract.api.NotificationsEmailTLSConfig;
import dev.cloister.contract.api.NotificationsInboxConfig;
import dev.cloister.contract.api.NotificationsWebhookConfig;
import dev.cloister.contract.api.PrometheusConfig;
import dev.cloister.contract.api.ProvisionerConfig;
import dev.cloister.contract.api.RateLimitConfig;
import dev.cloister.contract.api.SessionLifetime;
import dev.cloister.contract.api.SwaggerConfig;
import dev.cloister.contract.api.TLSConfig;
import dev.cloister.contract.api.TelemetryConfig;
import dev.cloister.server.deployment.health.HealthCheck;
import dev.cloister.server.platform.config.NotificationSettings;
import dev.cloister.server.platform.config.ServerSettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of the server in the published form, as far as they have a place there. Secrets have none. */
public final class PublishedSettings {
    private static final HostPort NOWHERE = new HostPort("", "");

    private static final NotificationsEmailAuthConfig NO_LOGIN = new NotificationsEmailAuthConfig("", "");
    private static final NotificationsEmailConfig NO_MAIL = new NotificationsEmailConfig(
            "", "", "", NO_LOGIN, new NotificationsEmailTLSConfig(true, "", false, "", "", ""), false);

    private PublishedSettings() {}

    /** @param accessUrl the address that people use, found out where it is not set */
    public static DeploymentValues of(ServerSettings settings, URI accessUrl) {
        var http = settings.listening().http();
        return new DeploymentValues(
                accessUrl.toString(),
                settings.apps().wildcardSuffix().map(suffix -> "*." + suffix).orElse(""),
                settings.sshHostnameSuffix(),
                http.map(PublishedSettings::text).orElse(""),
                hostPort(http),
                tls(settings.listening().tls()),
                settings.postgresConnections(),
                settings.listening().trustedProxies(),
                !settings.apps().onPaths(),
                new RateLimitConfig(
                        settings.limits().requestsPerMinute(), settings.limits().requestsPerMinute() == 0),
                new SessionLifetime(
                        settings.sessions().unused().toNanos(),
                        settings.sessions().longestToken().toNanos(),
                        false),
                new HTTPCookieConfig(
                        settings.sessions().secureCookies(),
                        "lax",
                        settings.sessions().secureCookies()),
                logging(settings.logging()),
                new PrometheusConfig(settings.prometheus().isPresent(), hostPort(settings.prometheus()), false, true),
                new ProvisionerConfig(settings.provisioners(), List.of("cloister")),
                new HealthcheckConfig(HealthCheck.FRESH.toNanos(), HealthCheck.SLOW_DATABASE.toNanos()),
                notifications(settings.notifications()),
                new TelemetryConfig(false, false),
                new SwaggerConfig(true),
                false,
                false);
    }

    private static NotificationsConfig notifications(NotificationSettings settings) {
        var pace = settings.pace();
        return new NotificationsConfig(
                pace.maxSendAttempts(),
                pace.retryInterval().toNanos(),
                pace.leasePeriod().toNanos(),
                pace.leaseCount(),
                pace.fetchInterval().toNanos(),
                settings.method(),
                pace.dispatchTimeout().toNanos(),
                settings.email().map(PublishedSettings::email).orElse(NO_MAIL),
                new NotificationsWebhookConfig(settings.webhook()
                        .map(webhook -> webhook.endpoint().toString())
                        .orElse("")),
                new NotificationsInboxConfig(settings.inbox()));
    }

    private static NotificationsEmailConfig email(NotificationSettings.Email email) {
        var tls = email.tls();
        return new NotificationsEmailConfig(
                email.from(),
                email.host() + ":" + email.port(),
                email.hello(),
                email.login()
                        .map(login -> new NotificationsEmailAuthConfig(login.identity(), login.username()))
                        .orElse(NO_LOGIN),
                new NotificationsEmailTLSConfig(
                        tls.startTls(),
                        tls.serverName(),
                        tls.skipVerify(),
                        text(tls.authorities()),
                        text(tls.certificate()),
                        text(tls.key())),
                email.forceTls());
    }

    private static String text(Optional<Path> file) {
        return file.map(Path::toString).orElse("");
    }

    private static TLSConfig tls(Optional<ServerSettings.Tls> tls) {
        return new TLSConfig(
                tls.isPresent(),
                hostPort(tls.map(ServerSettings.Tls::address)),
                tls.map(one -> List.of(one.certificate().toString())).orElse(List.of()),
                tls.map(one -> List.of(one.key().toString())).orElse(List.of()),
                "tls12",
                false);
    }

    private static LoggingConfig logging(ServerSettings.Logging logging) {
        return new LoggingConfig(
                logging.json() ? "" : "/dev/stderr", logging.json() ? "/dev/stderr" : "", List.of(), "");
    }

    private static HostPort hostPort(Optional<InetSocketAddress> address) {
        return address.map(one -> new HostPort(one.getHostString(), Integer.toString(one.getPort())))
                .orElse(NOWHERE);
    }

    private static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
