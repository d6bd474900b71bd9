package dev.cloister.server.deployment;

import dev.cloister.contract.api.HealthSettings;
import dev.cloister.contract.api.HealthcheckReport;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.deployment.health.Dismissals;
import dev.cloister.server.deployment.health.HealthCheck;
import dev.cloister.server.deployment.health.HealthSocket;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Whether the deployment works, for operators. */
public final class HealthRoutes {
    private static final String PATH = "/api/v2/debug/health";
    private static final String NAME = "health";
    private static final Access READ = Access.to(Action.READ, ResourceType.DEBUG_INFO);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final DeploymentSettingsRepository settings;
    private final Clock clock;
    private final Kept<HealthcheckReport> report;

    public HealthRoutes(
            Transactions transactions,
            Authorizer authorizer,
            DeploymentSettingsRepository settings,
            HealthCheck check,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.settings = settings;
        this.clock = clock;
        this.report = new Kept<>(
                HealthCheck.FRESH,
                clock,
                () -> check.run(Set.copyOf(dismissals().sections())));
    }

    public void register(Routes routes) {
        routes.socket(
                        "/healthz/websocket",
                        Access.open("shows that WebSockets pass: it says OK and ends"),
                        request -> new HealthSocket())
                .named("General", "Ask whether WebSockets pass")
                .answers(101, new Operation.Bytes("text/plain"));
        routes.get(PATH, READ, this::health)
                .named("Debug", "Get whether the deployment works")
                .query("force", Boolean.class, "Look now, whatever is remembered")
                .answers(200, HealthcheckReport.class);
        routes.get(PATH + "/settings", READ, this::settings)
                .named("Debug", "Get which findings are dismissed")
                .answers(200, HealthSettings.class);
        routes.put(PATH + "/settings", Access.to(Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG), this::update)
                .named("Debug", "Dismiss findings of the health check")
                .takes(HealthSettings.class)
                .answers(200, HealthSettings.class)
                .answers(304);
    }

    private void requireRead(Request request) {
        authorizer.requireOnType(request.caller(), Action.READ, ResourceType.DEBUG_INFO, null);
    }

    private Response health(Request request) {
        requireRead(request);
        return Response.ok(report.get(request.flag("force")));
    }

    private Dismissals dismissals() {
        return transactions.read(tx -> settings.get(tx, NAME, Dismissals.class, Dismissals.NONE));
    }

    private Response settings(Request request) {
        requireRead(request);
        return Response.ok(new HealthSettings(dismissals().sections()));
    }

    private Response update(Request request) {
        var wanted = new Dismissals(request.body(HealthSettings.class).dismissedHealthchecks().stream()
                .distinct()
                .toList());
        boolean changed = transactions.change(request.caller(), tx -> {
            authorizer.requireOnType(request.caller(), Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG, null);
            var before = settings.get(tx, NAME, Dismissals.class, Dismissals.NONE);
            if (before.equals(wanted)) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            settings.put(tx, NAME, wanted, clock.instant());
            return Changed.to(true, AuditEvent.updated(before, wanted));
        });
        return changed ? Response.ok(new HealthSettings(List.copyOf(wanted.sections()))) : Response.empty(304);
    }
}
