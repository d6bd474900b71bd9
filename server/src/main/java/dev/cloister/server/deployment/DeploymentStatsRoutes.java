package dev.cloister.server.deployment;

import dev.cloister.contract.api.DeploymentStats;
import dev.cloister.contract.api.WorkspaceConnectionLatencyMS;
import dev.cloister.contract.api.WorkspaceDeploymentStats;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What is going on in the deployment. */
public final class DeploymentStatsRoutes {
    /** The published API sums traffic over the last two days. */
    private static final Duration WINDOW = Duration.ofDays(2);

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final WorkspaceConnectionLatencyMS UNMEASURED = new WorkspaceConnectionLatencyMS(-1, -1);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final DeploymentStatsRepository repository;
    private final Clock clock;
    private final Kept<DeploymentStats> kept;

    public DeploymentStatsRoutes(
            Transactions transactions, Authorizer authorizer, DeploymentStatsRepository repository, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
        this.clock = clock;
        this.kept = new Kept<>(FRESH, clock, () -> transactions.read(this::collect));
    }

    public void register(Routes routes) {
        routes.get("/api/v2/deployment/stats", Access.to(Action.READ, ResourceType.DEPLOYMENT_STATS), this::stats)
                .named("General", "Get what is going on in the deployment")
                .answers(200, DeploymentStats.class);
    }

    private Response stats(Request request) {
        authorizer.requireOnType(request.caller(), Action.READ, ResourceType.DEPLOYMENT_STATS, null);
        return Response.ok(kept.get(false));
    }

    private DeploymentStats collect(ReadTx tx) {
        Instant now = clock.instant();
        var states = repository.workspaces(tx);
        var traffic = repository.traffic(tx, now.minus(WINDOW));
        var workspaces = new WorkspaceDeploymentStats(
                states.getOrDefault("pending", 0L),
                states.getOrDefault("building", 0L),
                states.getOrDefault("running", 0L),
                states.getOrDefault("failed", 0L),
                states.getOrDefault("stopped", 0L),
                UNMEASURED,
                traffic.toWorkspaces(),
                traffic.fromWorkspaces());
        return new DeploymentStats(now.minus(WINDOW), now, now.plus(FRESH), workspaces, repository.sessions(tx));
    }
}
