package dev.cloister.contract.api;

import java.time.Instant;

/** Whether the parts of the deployment work, and why not. */
public record HealthcheckReport(
        Instant time,
        boolean healthy,
        HealthSeverity severity,
        DERPHealthReport derp,
        AccessURLReport accessUrl,
        WebsocketReport websocket,
        DatabaseReport database,
        WorkspaceProxyReport workspaceProxy,
        ProvisionerDaemonsReport provisionerDaemons,
        AuditLogReport auditLog,
        String coderVersion) {}
