package dev.cloister.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.server.testing.FakeEngine;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Streams of workspaces and build logs, over real connections. */
class WorkspaceWatchTest {
    private TestWorkspaces world;
    private String owner;
    private String member;
    private String template;
    private HttpClient client;

    @BeforeEach
    void start() {
        world = TestWorkspaces.started();
        owner = world.api.person("olga");
        member = world.api.person("mara");
        template = world.template("plain", TestWorkspaces.PLAIN);
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.shutdownNow();
        world.close();
    }

    /** What a WebSocket has received. */
    private static final class Frames implements WebSocket.Listener {
        final CopyOnWriteArrayList<JsonNode> frames = new CopyOnWriteArrayList<>();
        final CountDownLatch closed = new CountDownLatch(1);
        volatile int status;
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(ApiJson.mapper().readTree(partial.toString()));
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            status = code;
            closed.countDown();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.countDown();
        }

        boolean saw(String status) {
            return frames.stream()
                    .anyMatch(frame ->
                            frame.at("/data/latest_build/status").asString().equals(status));
        }
    }

    private Frames open(String path, String token) {
        var frames = new Frames();
        client.newWebSocketBuilder()
                .header("Coder-Session-Token", token)
                .buildAsync(
                        URI.create(
                                "ws" + world.api.url().resolve(path).toString().substring(4)),
                        frames)
                .join();
        return frames;
    }

    @Test
    void aWatcherSeesEachChangeWithinASecond() {
        String id = world.running(owner, template, "seen");
        var frames = open("/api/v2/workspaces/" + id + "/watch-ws", owner);
        TestWorkspaces.until(() -> frames.saw("running"));
        assertThat(frames.frames.getFirst().get("type").asString()).isEqualTo("data");
        long asked = System.nanoTime();
        world.build(owner, id, "stop");
        TestWorkspaces.until(() -> frames.saw("stopped"));
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(2000);
    }

    @Test
    void theSameIsSentAsServerSentEvents() throws Exception {
        String id = world.running(owner, template, "sent");
        var request = HttpRequest.newBuilder(world.api.url().resolve("/api/v2/workspaces/" + id + "/watch"))
                .header("Coder-Session-Token", owner)
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (var lines = response.body()) {
            var first = new ArrayList<String>();
            lines.limit(2).forEach(first::add);
            assertThat(first.getFirst()).isEqualTo("event: data");
            assertThat(first.getLast()).startsWith("data: {\"id\":\"" + id);
        }
    }

    @Test
    void whoeverWantsToConnectSeesTheBuildAndTheAgentComeAlong() {
        String id = world.running(owner, template, "coming");
        String agent = world.workspace(owner, id)
                .at("/latest_build/resources/0/agents/0/id")
                .asString();
        var frames = open("/api/v2/workspaces/" + id + "/agent-connection-watch", owner);
        TestWorkspaces.until(() -> frames.frames.size() == 2);
        assertThat(frames.frames.getFirst())
                .hasToString("{\"build_update\":{\"transition\":\"start\",\"job_status\":\"succeeded\"}}");
        assertThat(frames.frames.getLast())
                .hasToString("{\"agent_update\":{\"lifecycle\":\"created\",\"id\":\"" + agent + "\"}}");
        world.build(owner, id, "stop");
        TestWorkspaces.until(() -> frames.frames.stream()
                .anyMatch(frame -> frame.at("/build_update/transition")
                                .asString()
                                .equals("stop")
                        && frame.at("/build_update/job_status").asString().equals("succeeded")));
    }

    @Test
    void theBuildsOfAllWorkspacesAreToldToWhoMaySeeThem() {
        var owners = open("/api/experimental/watch-all-workspacebuilds", owner);
        var members = open("/api/experimental/watch-all-workspacebuilds", member);
        var all = open("/api/experimental/watch-all-workspacebuilds", world.api.owner());
        String id = world.running(owner, template, "told");
        for (var frames : List.of(owners, all)) {
            TestWorkspaces.until(() -> frames.frames.stream()
                    .anyMatch(frame -> frame.get("workspace_id").asString().equals(id)
                            && frame.get("job_status").asString().equals("succeeded")));
        }
        String own = world.running(member, template, "own");
        TestWorkspaces.until(() -> !members.frames.isEmpty());
        assertThat(members.frames)
                .allMatch(frame -> frame.get("workspace_id").asString().equals(own));
    }

    @Test
    void aStrangerCannotWatchAndCannotTellThatThereIsSomethingToWatch() {
        String id = world.running(owner, template, "hidden");
        String build = world.workspace(owner, id).at("/latest_build/id").asString();
        for (String path : new String[] {
            "/api/v2/workspaces/" + id + "/watch-ws",
            "/api/v2/workspaces/" + UUID.randomUUID() + "/watch-ws",
            "/api/v2/workspacebuilds/" + build + "/logs?follow=true",
        }) {
            assertThatThrownBy(() -> open(path, member))
                    .isInstanceOf(CompletionException.class)
                    .rootCause()
                    .hasMessageContaining("404");
        }
    }

    @Test
    void aBuildLogIsFollowedFromItsBeginningToItsEnd() throws Exception {
        var gate = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            log.line(dev.cloister.provisioner.BuildLog.Level.INFO, "First", "before the gate");
            gate.await();
            for (int i = 0; i < 1200; i++) {
                log.line(dev.cloister.provisioner.BuildLog.Level.INFO, "Then", "line " + i);
            }
            return FakeEngine.succeed(order, log, cancellation);
        });
        String id = world.create(owner, template, "told").get("id").asString();
        var build = UUID.fromString(
                world.workspace(owner, id).at("/latest_build/id").asString());
        var lines = new ArrayList<ProvisionerJobLog>();
        try (var api = world.as(owner);
                var log = api.workspaces().followBuild(build, 0)) {
            lines.add(log.next().orElseThrow());
            assertThat(lines.getFirst().output()).isEqualTo("before the gate");
            gate.countDown();
            for (var line = log.next(); line.isPresent(); line = log.next()) {
                lines.add(line.get());
            }
        }
        assertThat(lines).extracting(ProvisionerJobLog::id).isSorted().doesNotHaveDuplicates();
        assertThat(lines).extracting(ProvisionerJobLog::output).contains("line 0", "line 1199");
        assertThat(lines.getLast().output()).contains("is ready");
        long middle = lines.get(600).id();
        try (var api = world.as(owner);
                var log = api.workspaces().followBuild(build, middle)) {
            assertThat(log.next().orElseThrow().id()).isGreaterThan(middle);
        }
        assertThat(world.workspace(owner, id).at("/latest_build/status").asString())
                .isEqualTo("running");
    }

    @Test
    void aWatchEndsWithTheSessionThatOpenedIt() throws Exception {
        String id = world.running(owner, template, "ended");
        var frames = open("/api/v2/workspaces/" + id + "/watch-ws", owner);
        TestWorkspaces.until(() -> frames.saw("running"));
        assertThat(world.api.send("POST", "/api/v2/users/logout", owner, null).statusCode())
                .isEqualTo(200);
        assertThat(frames.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSuspendedPersonIsCutOff() throws Exception {
        String id = world.running(owner, template, "cut");
        var frames = open("/api/v2/workspaces/" + id + "/watch-ws", owner);
        TestWorkspaces.until(() -> frames.saw("running"));
        assertThat(world.api
                        .send("PUT", "/api/v2/users/olga/status/suspend", world.api.owner(), null)
                        .statusCode())
                .isEqualTo(200);
        assertThat(frames.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aConnectionToTheDatabaseThatBreaksIsSurvived() {
        String id = world.running(owner, template, "robust");
        world.api.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        TestWorkspaces.until(
                () -> world.api.get("/api/v2/workspaces/" + id, owner).statusCode() == 200);
        // connections that write break apart from those that read
        TestWorkspaces.until(() -> world.build(owner, id, "stop").statusCode() == 201);
        world.awaitStatus(owner, id, "stopped");
    }
}
