package dev.cloister.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.WorkspaceBuildParameter;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.Transition;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.testing.FakeEngine;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workspaces over HTTP: their owner, another member, an administrator, and somebody of another organization. */
class WorkspaceRoutesTest {
    private static final String ASKING = """
            version: 1
            parameters:
              - name: size
                type: number
                default: 2
                mutable: true
                validation: { min: 1, max: 8 }
              - name: region
                options: [{ value: eu }, { value: asia }]
              - { name: once, default: "no", ephemeral: true, mutable: true }
            """;

    private static TestWorkspaces world;
    private static String admin;
    private static String owner;
    private static String member;
    private static String outsider;
    private static String template;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        admin = world.api.owner();
        owner = world.api.person("olga");
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
        template = world.template("plain", TestWorkspaces.PLAIN);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void behaveAgain() {
        world.engine.behave(FakeEngine::succeed);
    }

    private static String path(String workspace) {
        return "/api/v2/workspaces/" + workspace;
    }

    @Test
    void aWorkspaceIsCreatedStartedStoppedAndDeleted() {
        JsonNode created = world.create(owner, template, "dev");
        String id = created.get("id").asString();
        assertThat(created.get("owner_name").asString()).isEqualTo("olga");
        assertThat(created.get("template_name").asString()).isEqualTo("plain");
        assertThat(created.at("/latest_build/build_number").asInt()).isEqualTo(1);
        assertThat(created.at("/latest_build/transition").asString()).isEqualTo("start");
        JsonNode running = world.awaitStatus(owner, id, "running");
        JsonNode agent = running.at("/latest_build/resources/0/agents/0");
        assertThat(agent.get("status").asString()).isEqualTo("connecting");
        assertThat(agent.get("lifecycle_state").asString()).isEqualTo("created");
        assertThat(agent.get("startup_script_behavior").asString()).isEqualTo("blocking");
        assertThat(agent.at("/environment_variables/EDITOR").asString()).isEqualTo("nano");
        assertThat(agent.at("/apps/0/slug").asString()).isEqualTo("web");
        assertThat(agent.at("/apps/0/subdomain_name").asString()).isEqualTo("web--main--dev--olga");
        assertThat(agent.at("/apps/0/health").asString()).isEqualTo("initializing");
        assertThat(agent.at("/scripts/0/timeout").asLong()).isEqualTo(300_000_000_000L);
        assertThat(agent.at("/log_sources/0/display_name").asString()).isEqualTo("Startup");
        assertThat(running.at("/health/healthy").asBoolean()).isTrue();
        assertThat(world.build(owner, id, "stop").statusCode()).isEqualTo(201);
        JsonNode stopped = world.awaitStatus(owner, id, "stopped");
        assertThat(stopped.at("/latest_build/resources/0/agents").isMissingNode())
                .isTrue();
        world.build(owner, id, "start");
        world.awaitStatus(owner, id, "running");
        world.build(owner, id, "delete");
        world.awaitStatus(owner, id, "deleted");
        assertThat(world.api.get(path(id), owner).statusCode()).isEqualTo(410);
        assertThat(world.api.get("/api/v2/users/me/workspace/dev", owner).statusCode())
                .isEqualTo(404);
        assertThat(world.build(owner, id, "start").statusCode()).isEqualTo(410);
        assertThat(world.api.get("/api/v2/workspaces", owner).body()).doesNotContain(id);
        world.create(owner, template, "dev");
    }

    @Test
    void whatTheHostDoesNotEnforceIsSaidOnTheWorkspacesResource() {
        String id = world.running(owner, template, "warned");
        JsonNode metadata = world.workspace(owner, id).at("/latest_build/resources/0/metadata");
        assertThat(metadata.at("/0/key").asString()).startsWith("warning");
        assertThat(metadata.at("/0/value").asString()).isEqualTo(FakeEngine.WARNING);
        assertThat(metadata.at("/1/key").asString()).isEqualTo("memory");
    }

    @Test
    void theEngineIsToldWhatItNeedsAndTheTokenIsKeptAsAHashOnly() {
        String id = world.running(owner, template, "told");
        var order = world.engine.orders.stream()
                .filter(one -> one.workspaceId().toString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(order.workspaceName()).isEqualTo("told");
        assertThat(order.ownerName()).isEqualTo("olga");
        assertThat(order.transition()).isEqualTo(Transition.START);
        assertThat(order.source().paths()).contains("workspace.yaml");
        assertThat(order.agent().serverUrl()).isEqualTo(world.api.url());
        String agent = world.workspace(owner, id)
                .at("/latest_build/resources/0/agents/0/id")
                .asString();
        assertThat(order.agent().agentId()).hasToString(agent);
        assertThat(world.api.database.look(
                        "SELECT hashed_token = sha256('" + order.agent().token().reveal()
                                + "'::bytea) AND ssh_host_key <> '' FROM workspace_agents WHERE id = '" + agent + "'"))
                .isEqualTo("t");
        assertThat(world.workspace(owner, id).toString())
                .doesNotContain(order.agent().token().reveal());
    }

    @Test
    void nobodyElseCanTellAWorkspaceFromNone() {
        String id = world.running(owner, template, "secret");
        JsonNode workspace = world.workspace(owner, id);
        String build = workspace.at("/latest_build/id").asString();
        String agent = workspace.at("/latest_build/resources/0/agents/0/id").asString();
        String none = UUID.randomUUID().toString();
        for (String stranger : List.of(member, outsider)) {
            for (String[] pair : new String[][] {
                {"GET", path(id), path(none)},
                {"GET", path(id) + "/builds", path(none) + "/builds"},
                {"GET", path(id) + "/watch", path(none) + "/watch"},
                {"PATCH", path(id), path(none)},
                {"PUT", path(id) + "/ttl", path(none) + "/ttl"},
                {"POST", path(id) + "/usage", path(none) + "/usage"},
                {"GET", "/api/v2/workspacebuilds/" + build, "/api/v2/workspacebuilds/" + none},
                {"GET", "/api/v2/workspacebuilds/" + build + "/logs", "/api/v2/workspacebuilds/" + none + "/logs"},
                {
                    "GET",
                    "/api/v2/workspacebuilds/" + build + "/parameters",
                    "/api/v2/workspacebuilds/" + none + "/parameters"
                },
                {"PATCH", "/api/v2/workspacebuilds/" + build + "/cancel", "/api/v2/workspacebuilds/" + none + "/cancel"
                },
                {"GET", "/api/v2/workspaceagents/" + agent, "/api/v2/workspaceagents/" + none},
                {"GET", "/api/v2/users/olga/workspace/secret", "/api/v2/users/olga/workspace/absent"},
                {"GET", "/api/v2/users/olga/workspace/secret", "/api/v2/users/nobody/workspace/secret"},
                {"GET", "/api/v2/users/olga/workspace/secret/builds/1", "/api/v2/users/nobody/workspace/secret/builds/1"
                }
            }) {
                Object body = pair[0].equals("GET") ? null : Map.of("name", "other");
                var foreign = world.api.send(pair[0], pair[1], stranger, body);
                var missing = world.api.send(pair[0], pair[2], stranger, body);
                assertThat(foreign.statusCode()).as(pair[0] + " " + pair[1]).isEqualTo(404);
                assertThat(foreign.body()).as(pair[0] + " " + pair[1]).isEqualTo(missing.body());
            }
            for (String transition : List.of("start", "stop", "delete")) {
                var foreign = world.build(stranger, id, transition);
                assertThat(foreign.statusCode()).isEqualTo(404);
                assertThat(foreign.body())
                        .isEqualTo(world.build(stranger, none, transition).body());
            }
            assertThat(TestApi.json(world.api.get("/api/v2/workspaces?q=secret", stranger))
                            .get("count")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void anAdministratorSeesAndStopsForeignWorkspaces() {
        String id = world.running(owner, template, "watched-over");
        assertThat(world.api.get(path(id), admin).statusCode()).isEqualTo(200);
        assertThat(world.build(admin, id, "stop").statusCode()).isEqualTo(201);
        JsonNode stopped = world.awaitStatus(owner, id, "stopped");
        assertThat(stopped.at("/latest_build/initiator_name").asString()).isEqualTo("admin");
    }

    @Test
    void anAdministratorCreatesForAMemberAndAMemberForNobodyElse() {
        var request = Map.of("template_id", template, "name", "gift");
        assertThat(world.api
                        .send("POST", "/api/v2/users/mara/workspaces", admin, request)
                        .statusCode())
                .isEqualTo(201);
        var foreign = world.api.send("POST", "/api/v2/users/mara/workspaces", owner, request);
        var missing = world.api.send("POST", "/api/v2/users/nobody/workspaces", owner, request);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(missing.body());
        var outside = world.api.send("POST", "/api/v2/users/otto/workspaces", admin, request);
        assertThat(outside.statusCode()).isEqualTo(400);
        assertThat(world.api
                        .send(
                                "POST",
                                "/api/v2/organizations/default/members/mara/workspaces",
                                admin,
                                Map.of("template_id", template, "name", "gift-two"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aForeignTemplateIsNoTemplate() {
        var foreign = world.api.send(
                "POST", "/api/v2/users/me/workspaces", outsider, Map.of("template_id", template, "name", "x"));
        var missing = world.api.send(
                "POST", "/api/v2/users/me/workspaces", outsider, Map.of("template_id", UUID.randomUUID(), "name", "x"));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(missing.body());
    }

    @Test
    void oneBuildAtATime() throws Exception {
        var gate = new java.util.concurrent.CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            gate.await();
            return FakeEngine.succeed(order, log, cancellation);
        });
        String id = world.create(owner, template, "busy").get("id").asString();
        var answers = new CopyOnWriteArrayList<Integer>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(
                    () -> answers.add(world.build(owner, id, "stop").statusCode())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).containsOnly(409).hasSize(8);
        gate.countDown();
        world.awaitStatus(owner, id, "running");
        answers.clear();
        threads.clear();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(
                    () -> answers.add(world.build(owner, id, "start").statusCode())));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        world.awaitStatus(owner, id, "running");
        assertThat(answers).contains(201).allMatch(status -> status == 201 || status == 409);
        assertThat(world.engine.overlaps).hasValue(0);
    }

    @Test
    void aNameIsTakenOnceForEachOwner() {
        world.create(owner, template, "same");
        var again = world.api.send(
                "POST", "/api/v2/users/me/workspaces", owner, Map.of("template_id", template, "name", "SAME"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(TestApi.json(again).at("/validations/0/field").asString()).isEqualTo("name");
        world.create(member, template, "same");
        String other = world.create(owner, template, "different").get("id").asString();
        assertThat(world.api
                        .send("PATCH", path(other), owner, Map.of("name", "same"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(world.api
                        .send("PATCH", path(other), owner, Map.of("name", "no good"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("PATCH", path(other), owner, Map.of("name", "renamed"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(world.api.get("/api/v2/users/me/workspace/renamed", owner).statusCode())
                .isEqualTo(200);
    }

    private static int create(String template, String name, List<Map<String, String>> values) {
        return world.api
                .send(
                        "POST",
                        "/api/v2/users/me/workspaces",
                        owner,
                        Map.of("template_id", template, "name", name, "rich_parameter_values", values))
                .statusCode();
    }

    private static Map<String, String> value(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    @Test
    void parametersAreCheckedKeptAndFixedWhereTheTemplateSaysSo() throws Exception {
        String asking = world.template("asking", ASKING);
        assertThat(create(asking, "p", List.of()))
                .as("a required one is missing")
                .isEqualTo(400);
        assertThat(create(asking, "p", List.of(value("region", "mars"))))
                .as("no option")
                .isEqualTo(400);
        assertThat(create(asking, "p", List.of(value("region", "eu"), value("size", "9"))))
                .isEqualTo(400);
        assertThat(create(asking, "p", List.of(value("region", "eu"), value("colour", "red"))))
                .isEqualTo(400);
        assertThat(create(asking, "p", List.of(value("region", "eu"), value("region", "asia"))))
                .isEqualTo(400);
        assertThat(create(asking, "p", List.of(value("region", "eu"), value("once", "yes"))))
                .isEqualTo(201);
        String id = TestApi.json(world.api.get("/api/v2/users/me/workspace/p", owner))
                .get("id")
                .asString();
        world.awaitStatus(owner, id, "running");
        assertThat(parameters(id)).contains("region=eu", "size=2", "once=yes");
        var fixed = world.build(
                owner, id, Map.of("transition", "start", "rich_parameter_values", List.of(value("region", "asia"))));
        assertThat(fixed.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(fixed).at("/validations/0/field").asString()).isEqualTo("region");
        assertThat(world.build(
                                owner,
                                id,
                                Map.of("transition", "start", "rich_parameter_values", List.of(value("size", "4"))))
                        .statusCode())
                .isEqualTo(201);
        world.awaitStatus(owner, id, "running");
        assertThat(parameters(id)).contains("region=eu", "size=4", "once=no");
        world.build(owner, id, "stop");
        world.awaitStatus(owner, id, "stopped");
        assertThat(parameters(id)).contains("region=eu", "size=4");
        assertThat(world.build(
                                owner,
                                id,
                                Map.of("transition", "stop", "rich_parameter_values", List.of(value("size", "3"))))
                        .statusCode())
                .isEqualTo(400);
    }

    private static List<String> parameters(String id) throws Exception {
        var build = UUID.fromString(
                world.workspace(owner, id).at("/latest_build/id").asString());
        try (var client = world.as(owner)) {
            return client.workspaces().parameters(build).stream()
                    .map((WorkspaceBuildParameter value) -> value.name() + "=" + value.value())
                    .toList();
        }
    }

    @Test
    void aWorkspaceIsUpdatedToTheActiveVersionWhenItsOwnerWants() {
        String growing = world.template("growing", TestWorkspaces.PLAIN + "# 1");
        String id = world.running(owner, growing, "grown");
        var second = world.imported(
                world.version(TestWorkspaces.PLAIN + "# 2\nparameters: [{ name: new, default: d }]\n", growing));
        String version = second.get("id").asString();
        world.api.send("PATCH", "/api/v2/templates/" + growing + "/versions", admin, Map.of("id", version));
        assertThat(world.workspace(owner, id).get("outdated").asBoolean()).isTrue();
        world.build(owner, id, "start");
        assertThat(world.awaitStatus(owner, id, "running").get("outdated").asBoolean())
                .isTrue();
        assertThat(world.build(owner, id, Map.of("transition", "start", "template_version_id", version))
                        .statusCode())
                .isEqualTo(201);
        JsonNode updated = world.awaitStatus(owner, id, "running");
        assertThat(updated.get("outdated").asBoolean()).isFalse();
        assertThat(updated.at("/latest_build/template_version_id").asString()).isEqualTo(version);
        String foreign = TestApi.json(world.api.get("/api/v2/templates/" + template, admin))
                .get("active_version_id")
                .asString();
        assertThat(world.build(owner, id, Map.of("transition", "start", "template_version_id", foreign))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aWorkspaceThatFollowsItsTemplateStartsWithTheActiveVersion() {
        String moving = world.template("moving", TestWorkspaces.PLAIN + "# 1 moving");
        String id = world.running(owner, moving, "follower");
        assertThat(world.api
                        .send("PUT", path(id) + "/autoupdates", owner, Map.of("automatic_updates", "always"))
                        .statusCode())
                .isEqualTo(204);
        String version = world.imported(world.version(TestWorkspaces.PLAIN + "# 2 moving", moving))
                .get("id")
                .asString();
        world.api.send("PATCH", "/api/v2/templates/" + moving + "/versions", admin, Map.of("id", version));
        world.build(owner, id, "start");
        assertThat(world.awaitStatus(owner, id, "running")
                        .at("/latest_build/template_version_id")
                        .asString())
                .isEqualTo(version);
    }

    @Test
    void listsAreSearchedCountedAndPaged() {
        String person = world.api.person("lena");
        for (String name : List.of("alpha", "beta", "gamma")) {
            world.running(person, template, name);
        }
        String gamma = TestApi.json(world.api.get("/api/v2/users/me/workspace/gamma", person))
                .get("id")
                .asString();
        world.build(person, gamma, "stop");
        world.awaitStatus(person, gamma, "stopped");
        assertThat(names("", person)).containsExactly("alpha", "beta", "gamma");
        assertThat(names("owner:me status:running", person)).containsExactly("alpha", "beta");
        assertThat(names("status:stopped owner:lena", admin)).containsExactly("gamma");
        assertThat(names("lena/bet", admin)).containsExactly("beta");
        assertThat(names("name:ALPH owner:lena", admin)).containsExactly("alpha");
        assertThat(names("template:plain owner:lena organization:default", admin))
                .hasSize(3);
        assertThat(names("template:other owner:lena", admin)).isEmpty();
        assertThat(names("id:" + gamma, person)).containsExactly("gamma");
        assertThat(names("outdated:true", person)).isEmpty();
        var page = TestApi.json(world.api.get("/api/v2/workspaces?limit=1&offset=1", person));
        assertThat(page.get("count").asInt()).isEqualTo(3);
        assertThat(page.get("workspaces")).hasSize(1);
        assertThat(page.at("/workspaces/0/name").asString()).isEqualTo("beta");
        assertThat(world.api.get("/api/v2/workspaces?q=colour:red", person).statusCode())
                .isEqualTo(400);
        assertThat(world.api.get("/api/v2/workspaces?q=status:shiny", person).statusCode())
                .isEqualTo(400);
        assertThat(names("%", person)).isEmpty();
    }

    private static List<String> names(String query, String token) {
        var found = TestApi.json(world.api.get(
                "/api/v2/workspaces?q=" + java.net.URLEncoder.encode(query, java.nio.charset.StandardCharsets.UTF_8),
                token));
        return found.get("workspaces")
                .valueStream()
                .map(one -> one.get("name").asString())
                .toList();
    }

    @Test
    void buildsAreListedAndFoundByNumber() {
        String id = world.running(owner, template, "chronicle");
        world.build(owner, id, Map.of("transition", "stop", "reason", "cli"));
        world.awaitStatus(owner, id, "stopped");
        var builds = TestApi.json(world.api.get(path(id) + "/builds", owner));
        assertThat(builds.valueStream().map(build -> build.get("build_number").asInt()))
                .containsExactly(2, 1);
        assertThat(builds.at("/0/reason").asString()).isEqualTo("cli");
        assertThat(builds.at("/1/resources/0/agents/0/name").asString()).isEqualTo("main");
        assertThat(TestApi.json(world.api.get(path(id) + "/builds?limit=1", owner)))
                .hasSize(1);
        var after = TestApi.json(world.api.get(
                path(id) + "/builds?after_id=" + builds.at("/0/id").asString(), owner));
        assertThat(after.at("/0/build_number").asInt()).isEqualTo(1);
        var first = world.api.get("/api/v2/users/olga/workspace/chronicle/builds/1", owner);
        assertThat(TestApi.json(first).get("transition").asString()).isEqualTo("start");
        assertThat(world.api
                        .get("/api/v2/users/olga/workspace/chronicle/builds/9", owner)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anAgentIsShownAsItsConnectionGoes() {
        String id = world.running(owner, template, "connected");
        String agent = world.workspace(owner, id)
                .at("/latest_build/resources/0/agents/0/id")
                .asString();
        String path = "/api/v2/workspaceagents/" + agent;
        set(agent, "first_connected_at = now(), last_connected_at = now(), lifecycle_state = 'ready'");
        assertThat(TestApi.json(world.api.get(path, owner)).get("status").asString())
                .isEqualTo("connected");
        set(agent, "last_connected_at = now() - interval '31 seconds'");
        JsonNode silent = TestApi.json(world.api.get(path, owner));
        assertThat(silent.get("status").asString()).isEqualTo("disconnected");
        assertThat(silent.at("/health/healthy").asBoolean()).isFalse();
        assertThat(world.workspace(owner, id).at("/health/failing_agents/0").asString())
                .isEqualTo(agent);
        set(agent, "last_connected_at = now(), disconnected_at = now() + interval '1 second'");
        assertThat(TestApi.json(world.api.get(path, owner)).get("status").asString())
                .isEqualTo("disconnected");
        set(agent, "first_connected_at = NULL, last_connected_at = NULL, created_at = now() - interval '1 hour'");
        assertThat(TestApi.json(world.api.get(path, owner)).get("status").asString())
                .isEqualTo("timeout");
    }

    private static void set(String agent, String columns) {
        world.api.database.execute("UPDATE workspace_agents SET " + columns + " WHERE id = '" + agent + "'");
    }

    @Test
    void onlyWhoMayChangeTheTemplateLeavesThingsBehind() {
        String id = world.running(owner, template, "abandoned");
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("The host is gone.");
        });
        assertThat(world.build(owner, id, Map.of("transition", "delete", "orphan", true))
                        .statusCode())
                .isEqualTo(403);
        world.build(owner, id, "delete");
        world.awaitStatus(owner, id, "failed");
        assertThat(world.build(admin, id, Map.of("transition", "delete", "orphan", true))
                        .statusCode())
                .isEqualTo(201);
        world.awaitStatus(admin, id, "deleted");
    }

    @Test
    void aFailedDeletionKeepsTheWorkspace() {
        String id = world.running(owner, template, "stubborn");
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("A process does not end.");
        });
        world.build(owner, id, "delete");
        world.awaitStatus(owner, id, "failed");
        assertThat(world.api.get(path(id), owner).statusCode()).isEqualTo(200);
        world.engine.behave(FakeEngine::succeed);
        world.build(owner, id, "delete");
        world.awaitStatus(owner, id, "deleted");
    }

    @Test
    void connectionsAreToldWhenAWorkspaceIsToStop() {
        String id = world.running(owner, template, "ending");
        var told = new CopyOnWriteArrayList<String>();
        try (var subscription = world.api.database.events().subscribe(Topics.WORKSPACE_ENDING, told::add)) {
            world.build(owner, id, "start");
            world.awaitStatus(owner, id, "running");
            assertThat(told).isEmpty();
            world.build(owner, id, "stop");
            TestWorkspaces.until(() -> told.contains(id));
        }
    }

    @Test
    void useIsRememberedAndOnlyByWhoMayEnter() {
        String id = world.running(owner, template, "used");
        world.api.database.execute(
                "UPDATE workspaces SET last_used_at = now() - interval '1 day' WHERE id = '" + id + "'");
        assertThat(world.api.send("POST", path(id) + "/usage", owner, Map.of()).statusCode())
                .isEqualTo(204);
        assertThat(world.api.database.look(
                        "SELECT last_used_at > now() - interval '1 minute' FROM workspaces WHERE id = '" + id + "'"))
                .isEqualTo("t");
    }

    @Test
    void whatIsDoneToAWorkspaceIsOnTheAuditLog() {
        String id = world.running(owner, template, "recorded");
        world.build(owner, id, "delete");
        world.awaitStatus(owner, id, "deleted");
        var about = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + id, admin))
                .get("audit_logs");
        assertThat(about.findValuesAsString("action")).containsExactly("delete", "create");
        var builds = TestApi.json(world.api.get("/api/v2/audit?q=resource_target:recorded", admin))
                .get("audit_logs")
                .valueStream()
                .filter(event -> event.get("resource_type").asString().equals("workspace_build"))
                .map(event -> event.get("action").asString() + " "
                        + event.at("/additional_fields/outcome").asString() + " "
                        + event.at("/user/username").asString())
                .toList();
        assertThat(builds)
                .containsExactly(
                        "delete succeeded olga",
                        "delete requested olga",
                        "start succeeded olga",
                        "start requested olga");
    }

    @Test
    void afterARestartTheEngineIsToldWhatShouldRun() {
        String running = world.running(owner, template, "kept-running");
        String stopped = world.running(owner, template, "kept-stopped");
        world.build(owner, stopped, "stop");
        world.awaitStatus(owner, stopped, "stopped");
        String failed = world.running(owner, template, "kept-failed");
        world.engine.behave((order, log, cancellation) -> {
            throw new BuildException("No.");
        });
        world.build(owner, failed, "stop");
        world.awaitStatus(owner, failed, "failed");
        world.engine.behave(FakeEngine::succeed);
        try (var another = world.startAnother(TestWorkspaces.QUICK)) {
            assertThat(world.engine.reconciled.getLast())
                    .contains(UUID.fromString(running))
                    .doesNotContain(UUID.fromString(stopped), UUID.fromString(failed));
        }
    }

    @Test
    void afterARestartTheEngineIsToldWhatABuildStillWorksOn() throws InterruptedException {
        String stopping = world.running(owner, template, "still-stopping");
        String running = world.running(owner, template, "still-running");
        var asked = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        world.engine.behave((order, log, cancellation) -> {
            asked.countDown();
            ended.await();
            return FakeEngine.succeed(order, log, cancellation);
        });
        world.build(owner, stopping, "stop");
        asked.await();
        try (var another = world.startAnother(TestWorkspaces.QUICK)) {
            assertThat(world.engine.leftToBuilds.getLast())
                    .contains(UUID.fromString(stopping))
                    .doesNotContain(UUID.fromString(running));
            assertThat(world.engine.reconciled.getLast()).doesNotContain(UUID.fromString(stopping));
        } finally {
            ended.countDown();
            world.engine.behave(FakeEngine::succeed);
        }
        world.awaitStatus(owner, stopping, "stopped");
    }

    @Test
    void aWorkspaceStopsWhenItsTimeIsOver() {
        String id = world.create(owner, template, "mayfly").get("id").asString();
        world.api.send("PUT", path(id) + "/ttl", owner, Map.of("ttl_ms", 3_600_000));
        world.awaitStatus(owner, id, "running");
        world.build(owner, id, "start");
        JsonNode running = world.awaitStatus(owner, id, "running");
        assertThat(running.at("/latest_build/deadline").isNull()).isFalse();
        world.server().duties().look();
        assertThat(world.workspace(owner, id).at("/latest_build/status").asString())
                .isEqualTo("running");
        world.api.database.execute("UPDATE workspace_builds SET deadline = now() WHERE workspace_id = '" + id
                + "' AND deadline IS NOT NULL");
        world.server().duties().look();
        world.server().duties().look();
        JsonNode stopped = world.awaitStatus(owner, id, "stopped");
        assertThat(stopped.at("/latest_build/reason").asString()).isEqualTo("autostop");
        assertThat(stopped.at("/latest_build/build_number").asInt()).isEqualTo(3);
        assertThat(world.api.database.look("SELECT actor_name FROM audit_events WHERE action = 'stop'"
                        + " AND resource_target = 'mayfly' ORDER BY sequence LIMIT 1"))
                .isEqualTo("autostop");
    }

    @Test
    void badRequestsAreExplained() {
        String id = world.running(owner, template, "sturdy");
        assertThat(world.api
                        .send("POST", path(id) + "/builds", owner, Map.of("transition", "explode"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api.send("POST", path(id) + "/builds", owner, Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(world.api.get(path("not-a-uuid"), owner).statusCode()).isEqualTo(400);
        assertThat(world.api
                        .send("PUT", path(id) + "/ttl", owner, Map.of("ttl_ms", 5))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("PUT", path(id) + "/ttl", owner, Map.of("ttl_ms", 3_600_000))
                        .statusCode())
                .isEqualTo(204);
        assertThat(world.workspace(owner, id).get("ttl_ms").asLong()).isEqualTo(3_600_000);
        assertThat(world.api
                        .send("PUT", path(id) + "/autostart", owner, Map.of("schedule", "CRON_TZ=UTC 0 8 1 * 1-5"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("POST", "/api/v2/users/me/workspaces", owner, Map.of("name", "x"))
                        .statusCode())
                .isEqualTo(400);
    }
}
