package dev.cloister.server.deployment;

import dev.cloister.contract.api.Region;
import dev.cloister.contract.api.RegionsResponse;
import dev.cloister.contract.api.Replica;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Where the deployment runs: its server processes, and the places that serve applications. */
public final class RegionRoutes {
    /** A process that has not said so for this long does not live any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final ProcessRepository processes;
    private final Region primary;
    private final Clock clock;

    /**
     * @param deployment the id of the deployment, which is the id of its primary region too
     * @param wildcard the host names of applications, such as {@code *.apps.example.com}; empty for none
     */
    public RegionRoutes(
            Transactions transactions,
            Authorizer authorizer,
            ProcessRepository processes,
            UUID deployment,
            URI accessUrl,
            String wildcard,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.processes = processes;
        this.primary = new Region(deployment, "primary", "Default", "", true, accessUrl.toString(), wildcard);
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get("/api/v2/replicas", Access.to(Action.READ, ResourceType.REPLICAS), this::replicas)
                .named("Enterprise", "List the server processes of the deployment")
                .answersList(200, Replica.class);
        routes.get(
                        "/api/v2/regions",
                        Access.signedIn("where applications are served is the same for everybody"),
                        request -> Response.ok(new RegionsResponse(List.of(primary))))
                .named("Enterprise", "List the places that serve applications")
                .answers(200, RegionsResponse.class);
    }

    private Response replicas(Request request) {
        authorizer.requireOnType(request.caller(), Action.READ, ResourceType.REPLICAS, null);
        return Response.ok(transactions
                .read(tx -> processes.since(tx, clock.instant().minus(PATIENCE)))
                .stream()
                .map(ProcessRepository.Living::wire)
                .toList());
    }
}
