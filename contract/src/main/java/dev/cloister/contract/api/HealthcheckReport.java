package dev.cloister.contract.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the parts of the deployment work, and why not.
 *
 * @param auditLog null only where the server is older than the client and does not look at this part
 */
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
        @Nullable AuditLogReport auditLog,
        String coderVersion) {}
