package dev.cloister.contract.api;

import java.util.List;

/** The settings that have a place in the published form of the configuration. Durations are nanoseconds. */
public record DeploymentValues(
        String accessUrl,
        String wildcardAccessUrl,
        String workspaceHostnameSuffix,
        String httpAddress,
        HostPort address,
        TLSConfig tls,
        int pgConnMaxOpen,
        List<String> proxyTrustedOrigins,
        boolean disablePathApps,
        RateLimitConfig rateLimit,
        SessionLifetime sessionLifetime,
        HTTPCookieConfig httpCookies,
        LoggingConfig logging,
        PrometheusConfig prometheus,
        ProvisionerConfig provisioner,
        HealthcheckConfig healthcheck,
        NotificationsConfig notifications,
        TelemetryConfig telemetry,
        SwaggerConfig swagger,
        boolean browserOnly,
        boolean updateCheck) {}
