package dev.cloister.server.deployment;

import dev.cloister.contract.api.AuditLogStatus;
import dev.cloister.contract.api.Replica;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.deployment.health.HealthCheck;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.Database;
import dev.cloister.server.platform.telemetry.Metrics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The parts of this feature, put together. */
public final class Deployment {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final DeploymentRoutes general;
    private final DeploymentConfigRoutes config;
    private final DeploymentStatsRoutes stats;
    private final AppearanceRoutes appearance;
    private final LicenseRoutes licenses;
    private final RegionRoutes regions;
    private final HealthRoutes health;
    private final DebugRoutes debug;

    /** @param copies what is wrong with the copies of the audit log, a sentence each */
    public Deployment(
            Transactions transactions,
            Authorizer authorizer,
            Database database,
            ServerSettings settings,
            URI accessUrl,
            String version,
            String pushKey,
            Metrics metrics,
            Supplier<AuditLogStatus> log,
            Supplier<List<String>> copies,
            Clock clock) {
        var id = new DeploymentKeys(transactions, new DeploymentRepository()).deploymentId();
        var stored = new DeploymentSettingsRepository();
        var processes = new ProcessRepository();
        var counts = new DeploymentStatsRepository();
        var check = new HealthCheck(
                transactions,
                accessUrl,
                settings.provisioners(),
                version,
                () -> living(transactions, processes, clock),
                log,
                copies,
                clock);
        this.general = new DeploymentRoutes(transactions, accessUrl, version, pushKey, id, clock);
        this.config =
                new DeploymentConfigRoutes(authorizer, PublishedSettings.of(settings, accessUrl), settings.shown());
        this.stats = new DeploymentStatsRoutes(transactions, authorizer, counts, clock);
        this.appearance = new AppearanceRoutes(transactions, authorizer, stored, clock);
        this.licenses = new LicenseRoutes(authorizer);
        this.regions = new RegionRoutes(
                transactions,
                authorizer,
                processes,
                id,
                accessUrl,
                settings.apps().wildcardSuffix().map(suffix -> "*." + suffix).orElse(""),
                clock);
        this.health = new HealthRoutes(transactions, authorizer, stored, check, clock);
        this.debug = new DebugRoutes(authorizer, metrics);
        new DeploymentMetrics(transactions, database, counts, clock).register(metrics);
    }

    private static List<Replica> living(Transactions transactions, ProcessRepository processes, Clock clock) {
        return transactions.read(tx -> processes.since(tx, clock.instant().minus(PATIENCE))).stream()
                .map(ProcessRepository.Living::wire)
                .toList();
    }

    public void register(Routes routes) {
        general.register(routes);
        config.register(routes);
        stats.register(routes);
        appearance.register(routes);
        licenses.register(routes);
        regions.register(routes);
        health.register(routes);
        debug.register(routes);
        new PlannedRoutes().register(routes);
    }
}
