package dev.cloister.server.deployment;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.BuildInfoResponse;
import dev.cloister.contract.api.CspReport;
import dev.cloister.contract.api.Entitlement;
import dev.cloister.contract.api.Entitlements;
import dev.cloister.contract.api.Feature;
import dev.cloister.contract.api.UpdateCheckResponse;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final long MAX_REPORT = 64 * 1024;
    private static final int MAX_WORD = 200;
    private static final Logger LOG = LoggerFactory.getLogger(DeploymentRoutes.class);

    private final Transactions transactions;
    private final URI accessUrl;
    private final String version;
    private final String pushKey;
    private final UUID deploymentId;
    private final Clock clock;

    /** @param pushKey what browsers subscribe for, or empty */
    public DeploymentRoutes(
            Transactions transactions, URI accessUrl, String version, String pushKey, UUID deploymentId, Clock clock) {
        this.transactions = transactions;
        this.accessUrl = accessUrl;
        this.version = version;
        this.pushKey = pushKey;
        this.deploymentId = deploymentId;
        this.clock = clock;
    }

    public void register(Routes routes) {
        registerOpen(routes);
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

    private void registerOpen(Routes routes) {
        routes.get(
                        "/api/v2/",
                        Access.open("says that this is the API and nothing else"),
                        request -> Response.ok(ApiError.of("This is the API of Cloister.")))
                .named("General", "Ask whether the API is here")
                .answers(200, ApiError.class);
        routes.get(
                        "/latency-check",
                        Access.open("clients measure the way here"),
                        request -> text("OK")
                                .header("Access-Control-Allow-Origin", "*")
                                .header("Timing-Allow-Origin", "*"))
                .named("General", "Measure the way to the server")
                .answers(200, new Operation.Bytes("text/plain"));
        routes.get(
                        "/api/v2/updatecheck",
                        Access.open("tells what buildinfo tells"),
                        request -> Response.ok(new UpdateCheckResponse(true, "v" + version, "")))
                .named("General", "Ask for a newer version; the server asks nobody about one")
                .answers(200, UpdateCheckResponse.class);
        routes.get(
                        "/api/v2/experiments/available",
                        Access.signedIn("the same for everybody"),
                        request -> Response.ok(List.of()))
                .named("General", "List the experiments that could be turned on")
                .answersList(200, String.class);
        routes.post(
                        "/api/v2/csp/reports",
                        Access.signedIn("a browser reports what a page of ours was refused"),
                        MAX_REPORT,
                        this::cspReport)
                .named("General", "Report what the browser refused to load")
                .takes(CspReport.class)
                .answers(200);
    }

    /** Written down in a few short words: the report holds what somebody else made the browser load. */
    private Response cspReport(Request request) {
        var report = request.body(CspReport.class).report();
        if (report.isEmpty()) {
            return Response.empty(200);
        }
        LOG.warn(
                "a browser refused to load {} by {} on {}",
                word(report, "blocked-uri"),
                word(report, "violated-directive"),
                word(report, "document-uri"));
        return Response.empty(200);
    }

    private static String word(Map<String, Object> report, String name) {
        String text = String.valueOf(report.getOrDefault(name, "?")).replaceAll("[^\\x21-\\x7e]", "?");
        return text.length() <= MAX_WORD ? text : text.substring(0, MAX_WORD) + "...";
    }

    private static Response text(String text) {
        return Response.bytes(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ready means that a statement runs. */
    private Response health() {
        transactions.ping();
        return text("OK");
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
                pushKey);
    }

    private Entitlements entitlements() {
        Map<String, Feature> features = new TreeMap<>();
        FEATURES.forEach(name -> features.put(name, new Feature(Entitlement.ENTITLED, true, null, null)));
        return new Entitlements(features, List.of(), List.of(), true, false, false, clock.instant());
    }
}
