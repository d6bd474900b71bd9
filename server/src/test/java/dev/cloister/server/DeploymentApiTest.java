package dev.cloister.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.platform.http.Route;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people and operators ask about the deployment itself. */
class DeploymentApiTest {
    @TempDir
    static Path directory;

    private static ArrangedServer arranged;
    private static String member;
    private static String auditor;

    @BeforeAll
    static void start() throws Exception {
        arranged = new ArrangedServer(directory);
        arranged.person("mia");
        member = arranged.login("mia");
        arranged.person("auda");
        arranged.server.send("PUT", "/api/v2/users/auda/roles", arranged.owner, Map.of("roles", List.of("auditor")));
        auditor = arranged.login("auda");
    }

    @AfterAll
    static void stop() {
        if (arranged != null) {
            arranged.close();
        }
    }

    private static HttpResponse<String> get(String path, String token) {
        return arranged.server.send("GET", path, token, null);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ArrangedServer.json(answer.body());
    }

    private static long auditEntries(String type) {
        return json(get("/api/v2/audit?q=resource_type:" + type, arranged.owner))
                .get("count")
                .asLong();
    }

    @Test
    void settingsAreShownWithTheirSourcesAndSecretsWithoutValue() {
        var answer = get("/api/v2/deployment/config", auditor);
        JsonNode options = json(answer).get("options");
        assertThat(answer.body())
                .doesNotContain(arranged.server.database().password().reveal());
        var byName = options.valueStream()
                .collect(java.util.stream.Collectors.toMap(
                        option -> option.get("name").asString(), option -> option));
        assertThat(byName.get("postgres-password").get("value").asString()).isEqualTo("(hidden)");
        assertThat(byName.get("postgres-password").get("value_source").asString())
                .isEqualTo("env");
        assertThat(byName.get("provisioner-daemons").get("value_source").asString())
                .isEqualTo("flag");
        assertThat(byName.get("log-level").get("value_source").asString()).isEqualTo("default");
        assertThat(json(answer).at("/config/provisioner/daemons").asInt()).isZero();
    }

    @Test
    void onlyThoseWithTheRightReadSettingsAndDebugging() {
        for (String path : List.of(
                "/api/v2/deployment/config", "/api/v2/debug/health", "/api/v2/debug/expvar", "/api/v2/debug/metrics")) {
            assertThat(get(path, member).statusCode()).as(path).isEqualTo(403);
            assertThat(get(path, "").statusCode()).as(path).isEqualTo(401);
        }
        assertThat(get("/api/v2/debug/expvar", auditor).statusCode()).isEqualTo(403);
        assertThat(get("/api/v2/debug/expvar", arranged.owner).statusCode()).isEqualTo(200);
    }

    @Test
    void statisticsCountWorkspaces() {
        JsonNode workspaces =
                json(get("/api/v2/deployment/stats", arranged.owner)).get("workspaces");
        long all = 0;
        for (String state : List.of("pending", "building", "running", "failed", "stopped")) {
            all += workspaces.get(state).asLong();
        }
        assertThat(all).isEqualTo(1);
    }

    @Test
    void whoIsNotSignedInSeesNameAndLogoButNoAnnouncement() {
        long before = auditEntries("appearance");
        var wanted = Map.of(
                "application_name",
                "Forge",
                "logo_url",
                "https://example.com/logo.svg",
                "announcement_banners",
                List.of(Map.of(
                        "enabled",
                        true,
                        "message",
                        "Down on [Friday](https://example.com)",
                        "background_color",
                        "#aa0000")));
        assertThat(arranged.server
                        .send("PUT", "/api/v2/appearance", member, wanted)
                        .statusCode())
                .isEqualTo(403);
        assertThat(arranged.server
                        .send("PUT", "/api/v2/appearance", arranged.owner, wanted)
                        .statusCode())
                .isEqualTo(200);
        JsonNode anonymous = json(get("/api/v2/appearance", ""));
        assertThat(anonymous.get("application_name").asString()).isEqualTo("Forge");
        assertThat(anonymous.get("announcement_banners")).isEmpty();
        JsonNode known = json(get("/api/v2/appearance", member));
        assertThat(known.get("announcement_banners")).hasSize(1);
        assertThat(known.at("/service_banner/message").asString()).contains("Friday");
        assertThat(auditEntries("appearance")).isEqualTo(before + 1);
    }

    @Test
    void anAppearanceWithATrapInItIsRefusedAndChangesNothing() {
        var traps = List.of(
                Map.of("logo_url", "http://example.com/logo.svg"),
                Map.of("logo_url", "javascript:alert(1)"),
                Map.of("logo_url", "https://user@example.com/"),
                Map.of("application_name", "x".repeat(101)),
                Map.of("application_name", "a\u0007b"),
                banner("[x](javascript:alert(1))", "#000000"),
                banner("[x](/relative)", "#000000"),
                banner("see http://example.com", "#000000"),
                banner("x", "red; background: url(https://evil.example)"),
                banner("x".repeat(1001), "#000000"),
                banner(" ", "#000000"),
                Map.of(
                        "announcement_banners",
                        java.util.Collections.nCopies(11, Map.of("enabled", false, "message", "x"))));
        var before = get("/api/v2/appearance", member).body();
        for (Object trap : traps) {
            var answer = arranged.server.send("PUT", "/api/v2/appearance", arranged.owner, trap);
            assertThat(answer.statusCode()).as(trap.toString()).isEqualTo(400);
            assertThat(ArrangedServer.json(answer.body()).get("validations")).isNotEmpty();
        }
        assertThat(get("/api/v2/appearance", member).body()).isEqualTo(before);
    }

    private static Map<String, Object> banner(String message, String colour) {
        return Map.of(
                "announcement_banners",
                List.of(Map.of("enabled", true, "message", message, "background_color", colour)));
    }

    @Test
    void everyFeatureIsOnAndThereIsNothingToLicense() {
        JsonNode features = json(get("/api/v2/entitlements", member)).get("features");
        assertThat(features).hasSizeGreaterThanOrEqualTo(27);
        assertThat(features.valueStream())
                .allMatch(feature -> feature.get("enabled").asBoolean()
                        && feature.get("entitlement").asString().equals("entitled"));
        assertThat(json(get("/api/v2/licenses", arranged.owner))).isEmpty();
        assertThat(get("/api/v2/licenses", member).statusCode()).isEqualTo(403);
        var added = arranged.server.send("POST", "/api/v2/licenses", arranged.owner, Map.of("license", "x"));
        assertThat(added.statusCode()).isEqualTo(400);
        assertThat(added.body()).contains("no licences");
        assertThat(arranged.server
                        .send("DELETE", "/api/v2/licenses/1", arranged.owner, null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aLivingServerIsAReplicaInThePrimaryRegion() {
        JsonNode replicas = json(get("/api/v2/replicas", arranged.owner));
        assertThat(replicas).hasSize(1);
        assertThat(get("/api/v2/replicas", member).statusCode()).isEqualTo(403);
        JsonNode region = json(get("/api/v2/regions", member)).get("regions").get(0);
        assertThat(region.get("name").asString()).isEqualTo("primary");
        assertThat(region.get("path_app_url").asString())
                .isEqualTo(arranged.server.url().toString());
    }

    @Test
    void healthNamesWhatIsWrongUntilSomebodyDismissesIt() {
        JsonNode report = json(get("/api/v2/debug/health?force=true", arranged.owner));
        assertThat(report.at("/database/healthy").asBoolean()).isTrue();
        assertThat(report.at("/websocket/healthy").asBoolean())
                .as(report.toPrettyString())
                .isTrue();
        assertThat(report.at("/access_url/status_code").asInt()).isEqualTo(200);
        assertThat(report.at("/access_url/warnings/0/code").asString()).isEqualTo("EACS01");
        assertThat(report.at("/provisioner_daemons/error").asString()).startsWith("EPD01");
        assertThat(report.get("severity").asString()).isEqualTo("error");
        assertThat(report.get("healthy").asBoolean()).isFalse();

        long before = auditEntries("health_settings");
        var dismissal = Map.of("dismissed_healthchecks", List.of("ProvisionerDaemons", "AccessURL"));
        String settings = "/api/v2/debug/health/settings";
        assertThat(arranged.server.send("PUT", settings, member, dismissal).statusCode())
                .isEqualTo(403);
        assertThat(arranged.server
                        .send("PUT", settings, arranged.owner, dismissal)
                        .statusCode())
                .isEqualTo(200);
        assertThat(arranged.server
                        .send("PUT", settings, arranged.owner, dismissal)
                        .statusCode())
                .isEqualTo(304);
        assertThat(auditEntries("health_settings")).isEqualTo(before + 1);
        JsonNode after = json(get("/api/v2/debug/health?force=true", arranged.owner));
        assertThat(after.get("healthy").asBoolean()).isTrue();
        assertThat(after.at("/provisioner_daemons/dismissed").asBoolean()).isTrue();
        assertThat(arranged.server
                        .send("PUT", settings, arranged.owner, Map.of("dismissed_healthchecks", List.of("Nothing")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsPlannedSaysSoAndDoesNothing() {
        int planned = 0;
        for (Route route : arranged.server.routes().all()) {
            var answers = route.operation().answers();
            if (route.endpoint() instanceof Route.Answer
                    && answers.size() == 1
                    && answers.getFirst().status() == 501) {
                Object body = route.method().equals("GET") ? null : Map.of();
                var answer = arranged.server.send(route.method(), arranged.path(route.path()), arranged.owner, body);
                // What is planned of a thing that does not exist is not found first.
                assertThat(answer.statusCode()).as(route.path()).isIn(501, 404);
                planned += answer.statusCode() == 501 ? 1 : 0;
            }
        }
        assertThat(planned).isGreaterThan(45);
        assertThat(get("/api/v2/workspaceproxies", arranged.owner).body()).contains("planned");
    }

    @Test
    void clientsAreToldTheVersion() {
        var answer = get("/api/v2/updatecheck", "");
        assertThat(json(answer).get("current").asBoolean()).isTrue();
        assertThat(answer.headers().firstValue("X-Coder-Build-Version"))
                .hasValue(json(answer).get("version").asString());
        assertThat(get("/latency-check", "").body()).isEqualTo("OK");
    }

    @Test
    void aProfileIsARecordingOfFlightRecorder() throws Exception {
        var request = HttpRequest.newBuilder(arranged.server.url().resolve("/api/v2/debug/pprof/profile?seconds=1"))
                .header("Coder-Session-Token", arranged.owner)
                .build();
        byte[] body = arranged.server
                .client()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
        assertThat(body).startsWith('F', 'L', 'R', 0);
        assertThat(get("/api/v2/debug/pprof/profile?seconds=61", arranged.owner).statusCode())
                .isEqualTo(400);
    }

    @Test
    void metricsCountRequestsByRouteAndNameNobody() {
        get("/api/v2/users/mia", arranged.owner);
        String metrics = get("/api/v2/debug/metrics", arranged.owner).body();
        assertThat(metrics)
                .contains("cloister_http_requests_seconds_count{")
                .contains("route=\"/api/v2/users/{user}\"")
                .contains("cloister_workspaces{state=\"pending\"}")
                .contains("cloister_jobs{state=\"failed\"} 0.0")
                .contains("cloister_database_connections{state=\"max\"}")
                .contains("cloister_agents_connected")
                .doesNotContain("mia", "admin@", "victim");
    }

    @Test
    void metricsAreServedOnAnAddressOfTheirOwnAndNothingElseIs(@TempDir Path other) throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var server = new WholeServer(other, "--prometheus-enable", "--prometheus-address", "127.0.0.1:" + port)) {
            var there = URI.create("http://127.0.0.1:" + port);
            var metrics = server.send(
                    HttpRequest.newBuilder(there.resolve("/metrics")).build());
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(metrics.body()).contains("jvm_memory_used_bytes");
            assertThat(server.send(HttpRequest.newBuilder(there.resolve("/api/v2/buildinfo"))
                                    .build())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(server.send("GET", "/metrics", "", null).body()).doesNotContain("jvm_memory_used_bytes");
        }
    }
}
