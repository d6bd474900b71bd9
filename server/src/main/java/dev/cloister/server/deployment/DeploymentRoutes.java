package dev.cloister.server.deployment;

import dev.cloister.contract.api.BuildInfoResponse;
import dev.cloister.contract.api.Entitlement;
import dev.cloister.contract.api.Entitlements;
import dev.cloister.contract.api.Feature;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The deployment over HTTP. */
public final class DeploymentRoutes {
    /** The version of the agent protocol that the server speaks. */
    public static final String AGENT_API_VERSION = "2.10";

    /** The names of what Coder sells; clients hide pages without them. Here all of it is part of the product. */
    private static final List<String> FEATURES = List.of(
            "user_limit",
            "audit_log",
            "connection_log",
            "browser_only",
            "scim",
            "template_rbac",
            "user_role_management",
            "high_availability",
            "multiple_external_auth",
            "external_provisioner_daemons",
            "appearance",
            "advanced_template_scheduling",
            "workspace_proxy",
            "external_token_encryption",
            "workspace_batch_actions",
            "task_batch_actions",
            "access_control",
            "control_shared_ports",
            "custom_roles",
            "multiple_organizations",
            "workspace_prebuilds",
            "managed_agent_limit",
            "workspace_external_agent",
            "aibridge",
            "boundary",
            "service_accounts",
            "ai_governance_user_limit");

    private final Transactions transactions;
    private final URI accessUrl;
    private final String version;
    private final UUID deploymentId;
    private final Clock clock;

    public DeploymentRoutes(Transactions transactions, URI accessUrl, String version, UUID deploymentId, Clock clock) {
        this.transactions = transactions;
        this.accessUrl = accessUrl;
        this.version = version;
        this.deploymentId = deploymentId;
        this.clock = clock;
    }

    public void register(Routes routes) {
        routes.get("/healthz", Access.open("load balancers ask it"), request -> health())
                .named("General", "Ask whether the server is ready")
                .answers(200, new Operation.Bytes("text/plain"));
        routes.get(
                "/api/v2/buildinfo",
                Access.open("clients compare versions before signing in"),
                request -> Response.ok(buildInfo()))
                .named("General", "Get the version")
                .answers(200, BuildInfoResponse.class);
        routes.get(
                "/api/v2/entitlements",
                Access.signedIn("the same for everybody"),
                request -> Response.ok(entitlements()))
                .named("Enterprise", "List the features that are on")
                .answers(200, Entitlements.class);
        routes.get("/api/v2/experiments", Access.signedIn("the same for everybody"), request -> Response.ok(List.of()))
                .named("General", "List the experiments that are on")
                .answersList(200, String.class);
    }

    /** Ready means that a statement runs. */
    private Response health() {
        transactions.ping();
        return Response.bytes(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.UTF_8));
    }

    private BuildInfoResponse buildInfo() {
        return new BuildInfoResponse(
                "",
                "v" + version,
                accessUrl.toString(),
                false,
                false,
                AGENT_API_VERSION,
                "",
                "",
                deploymentId.toString(),
                "");
    }

    private Entitlements entitlements() {
        Map<String, Feature> features = new TreeMap<>();
        FEATURES.forEach(name -> features.put(name, new Feature(Entitlement.ENTITLED, true, null, null)));
        return new Entitlements(features, List.of(), List.of(), true, false, false, clock.instant());
    }
}
