package dev.cloister.server.deployment;

import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.Database;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.telemetry.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What of the deployment can be measured: builds, agents, connections, the pool of the database. */
public final class DeploymentMetrics {
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final List<String> JOB_STATES = List.of("pending", "running", "succeeded", "failed", "canceled");
    private static final List<String> WORKSPACE_STATES = List.of("pending", "building", "running", "stopped", "failed");

    private final Transactions transactions;
    private final Database database;
    private final DeploymentStatsRepository repository;
    private final Clock clock;

    public DeploymentMetrics(
            Transactions transactions, Database database, DeploymentStatsRepository repository, Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.repository = repository;
        this.clock = clock;
    }

    public void register(Metrics metrics) {
        metrics.gauges(
                "cloister_workspaces",
                "Workspaces by the state of their latest build",
                "state",
                kept(tx -> complete(repository.workspaces(tx), WORKSPACE_STATES)));
        metrics.gauges(
                "cloister_jobs",
                "Builds and imports, those that ended within a day",
                "state",
                kept(tx -> complete(repository.jobs(tx, clock.instant().minus(DAY)), JOB_STATES)));
        metrics.gauges(
                "cloister_connections", "Open connections into workspaces", "type", kept(repository::openConnections));
        var agents = new Kept<>(FRESH, clock, () -> transactions.read(repository::connectedAgents));
        metrics.gauge("cloister_agents_connected", "Agents that are connected", () -> agents.get(false));
        metrics.gauges("cloister_database_connections", "Connections of the pool", "state", this::pool);
    }

    private Map<String, Long> pool() {
        var pool = database.pool();
        return Map.of(
                "active", (long) pool.active(),
                "idle", (long) pool.idle(),
                "waiting", (long) pool.waiting(),
                "max", (long) pool.most());
    }

    private Supplier<Map<String, Long>> kept(Function<ReadTx, Map<String, Long>> source) {
        var kept = new Kept<>(FRESH, clock, () -> transactions.read(source));
        return () -> kept.get(false);
    }

    /** A state without anything in it is 0 and not absent, so that alerts see it. */
    private static Map<String, Long> complete(Map<String, Long> counts, List<String> states) {
        var all = new HashMap<>(counts);
        states.forEach(state -> all.putIfAbsent(state, 0L));
        return all;
    }
}
