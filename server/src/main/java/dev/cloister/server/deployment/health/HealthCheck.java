package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.contract.api.DERPHealthReport;
import dev.cloister.contract.api.HealthSection;
import dev.cloister.contract.api.HealthSeverity;
import dev.cloister.contract.api.HealthcheckReport;
import dev.cloister.contract.api.RegionsResponse;
import dev.cloister.contract.api.Replica;
import dev.cloister.contract.api.WorkspaceProxyReport;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks at every part of the deployment. A part that was dismissed is looked at and does not count. */
public final class HealthCheck {
    /** How long a report is kept; looking costs connections. */
    public static final Duration FRESH = Duration.ofSeconds(30);

    /** A database that answers slower is worth a warning. */
    public static final Duration SLOW_DATABASE = Duration.ofMillis(15);

    private final AccessUrlCheck accessUrl;
    private final WebSocketCheck webSocket;
    private final DatabaseCheck database;
    private final ProvisionerCheck provisioners;
    private final AuditLogCheck auditLog;
    private final String version;
    private final Clock clock;

    /**
     * What is looked at.
     *
     * @param workers how many builds this server runs at once
     * @param processes the living server processes
     * @param log whether the audit log can be proven
     * @param copies what is wrong with the copies of the audit log
     */
    public HealthCheck(
            Transactions transactions,
            URI accessUrl,
            int workers,
            String version,
            Supplier<List<Replica>> processes,
            Supplier<AuditLogStatus> log,
            Supplier<List<String>> copies,
            Clock clock) {
        this.accessUrl = new AccessUrlCheck(accessUrl);
        this.webSocket = new WebSocketCheck(accessUrl);
        this.database = new DatabaseCheck(transactions, SLOW_DATABASE);
        this.provisioners = new ProvisionerCheck(workers, version, processes, clock);
        this.auditLog = new AuditLogCheck(log, copies);
        this.version = version;
        this.clock = clock;
    }

    /** The report of this moment. */
    public HealthcheckReport run(Set<HealthSection> dismissed) {
        try {
            return report(dismissed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Unavailable("The health check was interrupted.");
        }
    }

    private HealthcheckReport report(Set<HealthSection> dismissed) throws InterruptedException {
        var url = accessUrl.report(dismissed.contains(HealthSection.ACCESS_URL));
        var socket = webSocket.report(dismissed.contains(HealthSection.WEBSOCKET));
        var stored = database.report(dismissed.contains(HealthSection.DATABASE));
        var builds = provisioners.report(dismissed.contains(HealthSection.PROVISIONER_DAEMONS));
        var log = auditLog.report(dismissed.contains(HealthSection.AUDIT_LOG));
        var severities = new EnumMap<HealthSection, HealthSeverity>(Map.of(
                HealthSection.ACCESS_URL, url.severity(),
                HealthSection.WEBSOCKET, socket.severity(),
                HealthSection.DATABASE, stored.severity(),
                HealthSection.PROVISIONER_DAEMONS, builds.severity(),
                HealthSection.AUDIT_LOG, log.severity()));
        HealthSeverity worst = severities.entrySet().stream()
                .filter(part -> !dismissed.contains(part.getKey()))
                .map(Map.Entry::getValue)
                .reduce(HealthSeverity.OK, HealthCheck::worse);
        return new HealthcheckReport(
                clock.instant(),
                worst != HealthSeverity.ERROR,
                worst,
                relays(dismissed.contains(HealthSection.DERP)),
                url,
                socket,
                stored,
                proxies(dismissed.contains(HealthSection.WORKSPACE_PROXY)),
                builds,
                log,
                "v" + version);
    }

    private static HealthSeverity worse(HealthSeverity one, HealthSeverity other) {
        return Stream.of(one, other).max(HealthSeverity::compareTo).orElse(one);
    }

    /** There are no relays: streams run through the server. */
    private static DERPHealthReport relays(boolean isDismissed) {
        return new DERPHealthReport(null, HealthSeverity.OK, List.of(), isDismissed, true, Map.of(), List.of());
    }

    private static WorkspaceProxyReport proxies(boolean isDismissed) {
        return new WorkspaceProxyReport(
                null, HealthSeverity.OK, List.of(), isDismissed, true, new RegionsResponse(List.of()));
    }
}
