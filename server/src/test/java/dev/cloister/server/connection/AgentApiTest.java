package dev.cloister.server.connection;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.BatchCreateLogsRequest;
import dev.cloister.contract.agent.BatchCreateLogsResponse;
import dev.cloister.contract.agent.BatchUpdateMetadataRequest;
import dev.cloister.contract.agent.GetManifestRequest;
import dev.cloister.contract.agent.Lifecycle;
import dev.cloister.contract.agent.Log;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.Metadata;
import dev.cloister.contract.agent.Startup;
import dev.cloister.contract.agent.Stats;
import dev.cloister.contract.agent.Timing;
import dev.cloister.contract.agent.UpdateLifecycleRequest;
import dev.cloister.contract.agent.UpdateStartupRequest;
import dev.cloister.contract.agent.UpdateStatsRequest;
import dev.cloister.contract.agent.UpdateStatsResponse;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.agent.WorkspaceAgentMetadata;
import dev.cloister.contract.agent.WorkspaceAgentScriptCompletedRequest;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.tunnel.drpc.DrpcException;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AgentApiTest {
    private static Arranged arranged;

    @BeforeAll
    static void arrange() {
        arranged = new Arranged();
        arranged.api.person("alice");
    }

    @AfterAll
    static void stop() {
        arranged.close();
    }

    private static Arranged.Dev workspace(String name) {
        return arranged.workspace("alice", name);
    }

    private static int refusal(Arranged.Dev dev, String query) {
        try (var agent = FakeAgent.connect(arranged, dev, query)) {
            return 101;
        } catch (WebSocketRefusedException e) {
            return e.status();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnknownVersionIsRefusedWithTheFieldThatIsWrong() {
        var dev = workspace("versions");

        assertThat(refusal(dev, "?version=3.0")).isEqualTo(400);
        assertThat(refusal(dev, "?version=1.0")).isEqualTo(400);
        assertThat(refusal(dev, "?version=2.11")).isEqualTo(400);
        assertThat(refusal(dev, "?version=2")).isEqualTo(400);
        assertThat(refusal(dev, "?version=2.x")).isEqualTo(400);
        assertThat(refusal(dev, "")).isEqualTo(101);
        assertThat(refusal(dev, "?version=2.3")).isEqualTo(101);
        assertThatThrownBy(() -> FakeAgent.connect(arranged, dev, "?version=2.11"))
                .isInstanceOfSatisfying(
                        WebSocketRefusedException.class,
                        refused -> assertThat(refused.body())
                                .contains("Unknown or unsupported API version")
                                .contains("\"field\":\"version\""));
    }

    @Test
    void theTokenOfAnEarlierBuildNoLongerWorks() throws IOException {
        var first = workspace("builds");
        FakeAgent.connect(arranged, first).close();

        var second = arranged.start(first.workspace(), "builds", 2);
        assertThat(refusal(first, "?version=2.10")).isEqualTo(401);
        FakeAgent.connect(arranged, second).close();

        arranged.build(first.workspace(), 3, "stop", true);
        assertThat(refusal(second, "?version=2.10")).isEqualTo(401);
    }

    @Test
    void theTokenOfADeletedWorkspaceNoLongerWorks() {
        var dev = workspace("deleted");
        arranged.sql("UPDATE workspaces SET deleted = TRUE WHERE id = '%s'", dev.workspace());

        assertThat(refusal(dev, "?version=2.10")).isEqualTo(401);
    }

    @Test
    void aPersonsTokenIsNoAgentsToken() {
        assertThat(arranged.api
                        .get("/api/v2/workspaceagents/me/rpc", arranged.api.owner())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anAgentsTokenOpensNothingElse() {
        var dev = workspace("narrow");

        assertThat(arranged.api.get(dev.path("/logs"), dev.token().reveal()).statusCode())
                .isEqualTo(401);
        assertThat(arranged.api.get("/api/v2/users/me", dev.token().reveal()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theManifestHasTheOwnersEnabledSecretsUntilTheOwnerIsSuspended() throws IOException {
        String owner = arranged.api.person("secretive");
        for (String name : List.of("shown", "disabled", "nowhere")) {
            arranged.api.send(
                    "POST",
                    "/api/v2/users/me/secrets",
                    owner,
                    Map.of(
                            "name",
                            name,
                            "value",
                            "value of " + name,
                            "env_name",
                            name.equals("nowhere") ? "" : name.toUpperCase(java.util.Locale.ROOT),
                            "enabled",
                            !name.equals("disabled")));
        }
        var dev = arranged.workspace("secretive", "secrets");

        try (var agent = FakeAgent.connect(arranged, dev)) {
            var secrets = manifest(agent).getSecretsList();
            assertThat(secrets).hasSize(1);
            assertThat(secrets.getFirst().getEnvName()).isEqualTo("SHOWN");
            assertThat(secrets.getFirst().getValue().toStringUtf8()).isEqualTo("value of shown");
            assertThat(arranged.api
                            .get(
                                    "/api/v2/audit?q=action:read%20resource_type:user_secret%20resource_target:"
                                            + "secretive/secrets",
                                    arranged.api.owner())
                            .body())
                    .contains("\"secrets\":\"SHOWN\"")
                    .doesNotContain("value of shown");

            arranged.api.send("PUT", "/api/v2/users/secretive/status/suspend", arranged.api.owner(), null);
            assertThat(manifest(agent).getSecretsList()).isEmpty();
        }
    }

    private static Manifest manifest(FakeAgent agent) throws IOException {
        return Manifest.parseFrom(agent.calls.call(
                AgentRpc.GET_MANIFEST, GetManifestRequest.getDefaultInstance().toByteArray()));
    }

    @Test
    void theManifestIsWhatTheBuildLeft() throws IOException {
        var dev = workspace("manifest");
        UUID script = script(dev);
        metadata(dev, "cpu");
        arranged.sql(
                "INSERT INTO workspace_apps (id, agent_id, slug, position, display_name, url, subdomain, "
                        + "sharing_level, health, created_at) VALUES ('%s', '%s', 'code', 0, 'Code', 'http://127.0.0.1:8080', "
                        + "TRUE, 'organization', 'disabled', now())",
                UUID.randomUUID(), dev.agent());

        try (var agent = FakeAgent.connect(arranged, dev)) {
            var manifest = Manifest.parseFrom(agent.calls.call(
                    AgentRpc.GET_MANIFEST,
                    GetManifestRequest.getDefaultInstance().toByteArray()));

            assertThat(UuidBytes.read(manifest.getAgentId())).isEqualTo(dev.agent());
            assertThat(UuidBytes.read(manifest.getWorkspaceId())).isEqualTo(dev.workspace());
            assertThat(manifest.getAgentName()).isEqualTo("main");
            assertThat(manifest.getWorkspaceName()).isEqualTo("manifest");
            assertThat(manifest.getOwnerUsername()).isEqualTo("alice");
            assertThat(manifest.getDirectory()).isEqualTo("/home/dev");
            assertThat(manifest.getEnvironmentVariablesMap()).containsEntry("EDITOR", "vi");
            assertThat(manifest.getVsCodePortProxyUri())
                    .isEqualTo("http://{{port}}--main--manifest--alice.apps.cloister.test:3000");
            assertThat(manifest.getScripts(0).getScript()).isEqualTo("make");
            assertThat(UuidBytes.read(manifest.getScripts(0).getId())).isEqualTo(script);
            assertThat(manifest.getMetadata(0).getKey()).isEqualTo("cpu");
            assertThat(manifest.getMetadata(0).getInterval().getNanos()).isEqualTo(500_000_000);
            assertThat(manifest.getApps(0).getSubdomainName()).isEqualTo("code--main--manifest--alice");
        }
    }

    private static UUID script(Arranged.Dev dev) {
        UUID script = UUID.randomUUID();
        arranged.sql(
                "INSERT INTO workspace_agent_scripts (id, agent_id, log_source_id, position, display_name, script, "
                        + "run_on_start, run_on_stop, start_blocks_login, timeout_seconds, created_at) VALUES ('%s', '%s', '%s', "
                        + "0, 'Build', 'make', TRUE, FALSE, TRUE, 60, now())",
                script, dev.agent(), UUID.randomUUID());
        return script;
    }

    private static void metadata(Arranged.Dev dev, String key) {
        arranged.sql(
                "INSERT INTO workspace_agent_metadata (agent_id, key, position, display_name, script, interval_ms, "
                        + "timeout_ms) VALUES ('%s', '%s', 0, 'CPU', 'load', 1500, 1000)",
                dev.agent(), key);
    }

    @Test
    void reportsEndUpInTheTables() throws IOException {
        var dev = workspace("reports");
        UUID script = script(dev);
        try (var agent = FakeAgent.connect(arranged, dev)) {
            agent.calls.call(
                    AgentRpc.UPDATE_STARTUP,
                    UpdateStartupRequest.newBuilder()
                            .setStartup(Startup.newBuilder().setVersion("v1\0").setExpandedDirectory("/home/dev/x"))
                            .build()
                            .toByteArray());
            agent.calls.call(AgentRpc.UPDATE_LIFECYCLE, lifecycle(Lifecycle.State.STARTING));
            agent.calls.call(AgentRpc.UPDATE_LIFECYCLE, lifecycle(Lifecycle.State.READY));
            agent.calls.call(
                    AgentRpc.SCRIPT_COMPLETED,
                    WorkspaceAgentScriptCompletedRequest.newBuilder()
                            .setTiming(Timing.newBuilder()
                                    .setScriptId(UuidBytes.of(script))
                                    .setExitCode(3)
                                    .setStatus(Timing.Status.EXIT_FAILURE))
                            .build()
                            .toByteArray());
            var interval = UpdateStatsResponse.parseFrom(agent.calls.call(
                    AgentRpc.UPDATE_STATS,
                    UpdateStatsRequest.getDefaultInstance().toByteArray()));

            assertThat(interval.getReportInterval().getSeconds()).isEqualTo(30);
            assertThat(arranged.look(
                            "SELECT lifecycle_state || ' ' || version || ' ' || expanded_directory || ' ' || "
                                    + "(started_at IS NOT NULL) || ' ' || (ready_at IS NOT NULL) FROM workspace_agents WHERE id = '%s'",
                            dev.agent()))
                    .isEqualTo("ready v1\uFFFD /home/dev/x true true");
            assertThat(arranged.look("SELECT status || exit_code FROM workspace_agent_scripts WHERE id = '%s'", script))
                    .isEqualTo("exit_failure3");
        }
    }

    @Test
    void minutesOfUseAreKeptOnceAndNonsenseIsNotMeasured() throws Exception {
        var dev = workspace("used");
        try (var agent = FakeAgent.connect(arranged, dev)) {
            for (double latency : new double[] {12.5, Double.NaN, -1, 1e12}) {
                agent.calls.call(
                        AgentRpc.UPDATE_STATS,
                        UpdateStatsRequest.newBuilder()
                                .setStats(Stats.newBuilder()
                                        .setConnectionCount(1)
                                        .setSessionCountSsh(2)
                                        .setConnectionMedianLatencyMs(latency))
                                .build()
                                .toByteArray());
            }
            String where = " FROM template_usage u JOIN workspaces w ON w.template_id = u.template_id"
                    + " AND w.owner_id = u.user_id WHERE w.id = '%s'";
            assertThat(arranged.look("SELECT sum(latency_total_ms)" + where, dev.workspace()))
                    .isEqualTo("12.5");
            assertThat(arranged.look("SELECT bool_and(used = ssh AND vscode = 0)" + where, dev.workspace()))
                    .isEqualTo("t");
            // The clock may have gone on to the next minute meanwhile.
            assertThat(arranged.look("SELECT sum(bit_count(ssh::bit(32))) <= 2" + where, dev.workspace()))
                    .isEqualTo("t");
        }
    }

    private static byte[] lifecycle(Lifecycle.State state) {
        return UpdateLifecycleRequest.newBuilder()
                .setLifecycle(Lifecycle.newBuilder().setState(state))
                .build()
                .toByteArray();
    }

    @Test
    void unknownCallsAndNonsenseAreAnsweredWithErrorsAndTheConnectionLives() throws IOException {
        var dev = workspace("nonsense");
        try (var agent = FakeAgent.connect(arranged, dev)) {
            assertThatThrownBy(() -> agent.calls.call(AgentRpc.CREATE_SUB_AGENT, new byte[0]))
                    .isInstanceOfSatisfying(
                            DrpcException.class, e -> assertThat(e.code()).isEqualTo(12));
            assertThatThrownBy(() -> agent.calls.call(AgentRpc.GET_MANIFEST, new byte[] {(byte) 0xff, 1, 2}))
                    .isInstanceOf(DrpcException.class);
            assertThatThrownBy(() -> agent.calls.call(
                            AgentRpc.BATCH_CREATE_LOGS,
                            BatchCreateLogsRequest.newBuilder()
                                    .setLogSourceId(ByteString.copyFromUtf8("short"))
                                    .build()
                                    .toByteArray()))
                    .isInstanceOf(DrpcException.class);
            assertThatThrownBy(() -> agent.calls.call(AgentRpc.UPDATE_LIFECYCLE, new byte[0]))
                    .isInstanceOf(DrpcException.class);
            agent.calls.call(AgentRpc.GET_MANIFEST, new byte[0]);
        }
    }

    @Test
    void logsAreKeptUpToTheLimitAndTheAgentIsToldOfTheRest() throws IOException {
        var dev = workspace("logs");
        UUID source = UUID.randomUUID();
        String line = "x".repeat(30_000);
        try (var agent = FakeAgent.connect(arranged, dev)) {
            boolean exceeded = false;
            for (int i = 0; i < 8 && !exceeded; i++) {
                var request = BatchCreateLogsRequest.newBuilder().setLogSourceId(UuidBytes.of(source));
                for (int n = 0; n < 5; n++) {
                    request.addLogs(Log.newBuilder().setOutput(line).setLevel(Log.Level.WARN));
                }
                exceeded = BatchCreateLogsResponse.parseFrom(agent.calls.call(
                                AgentRpc.BATCH_CREATE_LOGS, request.build().toByteArray()))
                        .getLogLimitExceeded();
            }
            assertThat(exceeded).isTrue();
            assertThat(arranged.look("SELECT logs_overflowed FROM workspace_agents WHERE id = '%s'", dev.agent()))
                    .isEqualTo("t");
            assertThat(arranged.look(
                            "SELECT sum(length(output)) FROM workspace_agent_logs WHERE agent_id = '%s'", dev.agent()))
                    .isEqualTo("1020000");
        }
        String alice = arranged.api.login("alice@example.com");
        var all = json(arranged.api.get(dev.path("/logs"), alice));
        assertThat(all).hasSize(34);
        assertThat(all.get(0).get("level").asString()).isEqualTo("warn");
        assertThat(all.get(0).get("source_id").asString()).isEqualTo(source.toString());
        long second = all.get(1).get("id").asLong();
        assertThat(json(arranged.api.get(dev.path("/logs?after=" + second), alice)))
                .hasSize(32);
        assertThat(json(arranged.api.get(dev.path("/logs?before=" + second), alice)))
                .hasSize(1);
        assertThat(arranged.api.get(dev.path("/logs?format=text"), alice).body())
                .contains("[warn] xxx");
    }

    @Test
    void onlyMeasurementsThatWereAskedForAreKeptAndLongOnesAreCut() throws IOException {
        var dev = workspace("metadata");
        metadata(dev, "cpu");
        try (var agent = FakeAgent.connect(arranged, dev)) {
            var request = BatchUpdateMetadataRequest.newBuilder();
            for (int i = 0; i < 50; i++) {
                request.addMetadata(measured("cpu", "y".repeat(5000) + i)).addMetadata(measured("other" + i, "1"));
            }
            agent.calls.call(AgentRpc.BATCH_UPDATE_METADATA, request.build().toByteArray());

            Polling.until(
                    "the measurement is stored",
                    () -> arranged.look(
                                    "SELECT length(value) FROM workspace_agent_metadata WHERE agent_id = '%s'",
                                    dev.agent())
                            .equals("2048"));
            assertThat(arranged.look(
                            "SELECT count(*) FROM workspace_agent_metadata WHERE agent_id = '%s'", dev.agent()))
                    .isEqualTo("1");
        }
    }

    private static Metadata measured(String key, String value) {
        return Metadata.newBuilder()
                .setKey(key)
                .setResult(WorkspaceAgentMetadata.Result.newBuilder().setValue(value))
                .build();
    }

    private static int report(Arranged.Dev dev, String method, String path, Object body) {
        return arranged.api
                .send(method, "/api/v2/workspaceagents/me" + path, dev.token().reveal(), body)
                .statusCode();
    }

    @Test
    void programsReportWithTheAgentsTokenOverHttp() {
        var dev = arranged.workspace("alice", "uploads");
        arranged.app(dev, "ide", "http://localhost:1234", "owner");
        String source = UUID.randomUUID().toString();
        var named = Map.of("id", source, "display_name", "Setup", "icon", "");
        assertThat(report(dev, "POST", "/log-source", named)).isEqualTo(201);
        assertThat(report(dev, "POST", "/log-source", named)).isEqualTo(201);
        assertThat(report(dev, "POST", "/log-source", Map.of("id", source, "display_name", "x".repeat(500))))
                .isEqualTo(400);
        var lines = Map.of(
                "log_source_id",
                source,
                "logs",
                List.of(Map.of("output", "hello", "level", "warn", "created_at", "2024-06-01T00:00:00Z")));
        assertThat(report(dev, "PATCH", "/logs", lines)).isEqualTo(200);
        assertThat(report(dev, "PATCH", "/logs", Map.of("log_source_id", "nonsense")))
                .isEqualTo(400);
        assertThat(arranged.look(
                        "SELECT output || ' ' || level FROM workspace_agent_logs WHERE agent_id = '%s'", dev.agent()))
                .isEqualTo("hello warn");
        var status = Map.of("app_slug", "ide", "state", "working", "message", "Building", "uri", "");
        assertThat(report(dev, "PATCH", "/app-status", status)).isEqualTo(200);
        assertThat(report(dev, "PATCH", "/app-status", Map.of("app_slug", "none", "state", "idle")))
                .isEqualTo(400);
        assertThat(report(dev, "PATCH", "/app-status", Map.of("app_slug", "ide", "state", "asleep")))
                .isEqualTo(400);
        assertThat(arranged.look(
                        "SELECT string_agg(state, ',') FROM workspace_app_statuses WHERE agent_id = '%s'", dev.agent()))
                .isEqualTo("working");
        assertThat(report(dev, "GET", "/reinit", null)).isEqualTo(409);
        assertThat(arranged.api
                        .send("PATCH", "/api/v2/workspaceagents/me/logs", arranged.api.owner(), lines)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theDatabaseKnowsWhenAnAgentIsConnected() throws IOException {
        var dev = workspace("presence");
        String state = "SELECT (first_connected_at IS NOT NULL) || ' ' || (last_connected_at IS NOT NULL) || ' ' || "
                + "(disconnected_at IS NOT NULL) FROM workspace_agents WHERE id = '" + dev.agent() + "'";
        var agent = FakeAgent.connect(arranged, dev);
        Polling.until("connected", () -> arranged.look(state).equals("true true false"));

        agent.close();
        Polling.until("disconnected", () -> arranged.look(state).equals("true true true"));
    }

    @Test
    void aSecondConnectionReplacesTheFirst() throws IOException {
        var dev = workspace("twice");
        var first = FakeAgent.connect(arranged, dev);
        first.calls.call(AgentRpc.GET_MANIFEST, new byte[0]);
        var second = FakeAgent.connect(arranged, dev);
        second.calls.call(AgentRpc.GET_MANIFEST, new byte[0]);

        Polling.until("the first is closed", first.mux::isClosed);
        second.calls.call(AgentRpc.GET_MANIFEST, new byte[0]);
        assertThat(arranged.look("SELECT disconnected_at IS NULL FROM workspace_agents WHERE id = '%s'", dev.agent()))
                .isEqualTo("t");
        second.close();
    }

    @Test
    void anAgentStaysConnectedWhileItsWorkspaceStopsAndNoLonger() throws IOException {
        var dev = workspace("stopping");
        try (var agent = FakeAgent.connect(arranged, dev)) {
            agent.calls.call(AgentRpc.GET_MANIFEST, new byte[0]);
            UUID stop = arranged.build(dev.workspace(), 2, "stop", false);
            arranged.announce(Topics.WORKSPACE_ENDING, dev.workspace());
            arranged.announce(Topics.WORKSPACE_CHANGED, dev.workspace());
            agent.calls.call(AgentRpc.UPDATE_LIFECYCLE, lifecycle(Lifecycle.State.SHUTTING_DOWN));
            agent.calls.call(AgentRpc.UPDATE_LIFECYCLE, lifecycle(Lifecycle.State.OFF));
            assertThat(agent.mux.isClosed()).isFalse();

            arranged.sql(
                    "UPDATE provisioner_jobs SET completed_at = now() WHERE id = (SELECT job_id FROM "
                            + "workspace_builds WHERE id = '%s')",
                    stop);
            arranged.announce(Topics.WORKSPACE_CHANGED, dev.workspace());
            Polling.until("the connection of the stopped workspace ends", agent.mux::isClosed);
        }
    }
}
