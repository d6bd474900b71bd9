package dev.cloister.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.BuildException;
import dev.cloister.server.testing.FakeEngine;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** When workspaces start, stop and sleep, with a clock that the test moves. */
class ScheduleApiTest {
    /** A Monday. */
    private static final Instant MONDAY = Instant.parse("2024-06-03T07:00:00Z");

    private static TestWorkspaces world;
    private static String owner;
    private static String member;
    private static String outsider;
    private String template;

    @BeforeAll
    static void arrange() {
        world = TestWorkspaces.started();
        owner = world.api.person("olga");
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
    }

    @BeforeEach
    void templateOfItsOwn() {
        world.clock.set(MONDAY);
        template = world.template("t" + UUID.randomUUID().toString().substring(0, 8), TestWorkspaces.PLAIN);
    }

    @AfterEach
    void behaveAgain() {
        world.engine.behave(FakeEngine::succeed);
        // What one test left behind is not due in the next.
        world.api.database.execute("UPDATE workspaces SET deleted = TRUE");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String path(String workspace, String rest) {
        return "/api/v2/workspaces/" + workspace + rest;
    }

    private int put(String token, String workspace, String rest, Map<String, ?> body) {
        return world.api.send("PUT", path(workspace, rest), token, body).statusCode();
    }

    private void rule(String columns) {
        world.api.database.execute("UPDATE templates SET " + columns + " WHERE id = '" + template + "'");
    }

    private String create(Map<String, ?> more) {
        var request = new LinkedHashMap<String, Object>(more);
        request.put("template_id", template);
        request.put("name", "w" + UUID.randomUUID().toString().substring(0, 8));
        String id = TestWorkspaces.created(world.api.send("POST", "/api/v2/users/me/workspaces", owner, request))
                .get("id")
                .asString();
        world.awaitStatus(owner, id, "running");
        return id;
    }

    private String stopped(Map<String, ?> more) {
        String id = create(more);
        world.build(owner, id, "stop");
        world.awaitStatus(owner, id, "stopped");
        return id;
    }

    private JsonNode latest(String id) {
        return world.workspace(owner, id).get("latest_build");
    }

    private static void look() {
        world.server().duties().look();
    }

    @Test
    void aWorkspaceStartsByItsSchedule() {
        String id = stopped(Map.of("autostart_schedule", "CRON_TZ=Europe/Berlin 30 9 * * 1-5"));
        JsonNode before = world.workspace(owner, id);
        assertThat(before.get("autostart_schedule").asString()).isEqualTo("CRON_TZ=Europe/Berlin 30 9 * * 1-5");
        assertThat(before.get("next_start_at").asString()).isEqualTo("2024-06-03T07:30:00Z");
        look();
        assertThat(latest(id).get("build_number").asInt()).isEqualTo(2);
        world.clock.advance(Duration.ofMinutes(31));
        look();
        look();
        JsonNode running = world.awaitStatus(owner, id, "running");
        assertThat(running.at("/latest_build/reason").asString()).isEqualTo("autostart");
        assertThat(running.at("/latest_build/build_number").asInt()).isEqualTo(3);
        assertThat(running.get("next_start_at").asString()).isEqualTo("2024-06-04T07:30:00Z");
        assertThat(world.api.database.look("SELECT actor_name FROM audit_events WHERE action = 'start'"
                        + " AND additional_fields ->> 'workspace_id' = '" + id + "' ORDER BY sequence DESC LIMIT 1"))
                .isNotEmpty();
    }

    @Test
    void severalServersStartAWorkspaceOnce() throws Exception {
        String id = stopped(Map.of("autostart_schedule", "30 7 * * *"));
        world.clock.advance(Duration.ofMinutes(31));
        var threads = new java.util.ArrayList<Thread>();
        for (int i = 0; i < 6; i++) {
            threads.add(Thread.ofVirtual().start(ScheduleApiTest::look));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        world.awaitStatus(owner, id, "running");
        assertThat(latest(id).get("build_number").asInt()).isEqualTo(3);
    }

    @Test
    void aTimeThatWasMissedForLongOrIsOnABlockedDayPasses() {
        String id = stopped(Map.of("autostart_schedule", "30 7 * * *"));
        rule("autostart_days = '{monday,wednesday,thursday,friday}'");
        world.clock.advance(Duration.ofHours(10));
        look();
        assertThat(latest(id).get("build_number").asInt()).isEqualTo(2);
        // Tuesday is blocked; what is shown is Wednesday.
        assertThat(world.workspace(owner, id).get("next_start_at").asString()).isEqualTo("2024-06-05T07:30:00Z");
        world.clock.set(MONDAY.plus(1, ChronoUnit.DAYS).plus(45, ChronoUnit.MINUTES));
        look();
        assertThat(latest(id).get("build_number").asInt()).isEqualTo(2);
        world.clock.set(MONDAY.plus(2, ChronoUnit.DAYS).plus(45, ChronoUnit.MINUTES));
        look();
        world.awaitStatus(owner, id, "running");
    }

    @Test
    void nothingStartsForASuspendedOwnerAndWhatRunsIsStopped() {
        String id = create(Map.of("autostart_schedule", "30 7 * * *"));
        world.api.database.execute("UPDATE users SET status = 'suspended' WHERE username = 'olga'");
        try {
            look();
            TestWorkspaces.until(() -> world.workspace(world.api.owner(), id)
                    .at("/latest_build/status")
                    .asString()
                    .equals("stopped"));
            world.clock.advance(Duration.ofMinutes(31));
            look();
            assertThat(world.workspace(world.api.owner(), id)
                            .at("/latest_build/build_number")
                            .asInt())
                    .isEqualTo(2);
        } finally {
            world.api.database.execute("UPDATE users SET status = 'active' WHERE username = 'olga'");
        }
    }

    @Test
    void schedulesAndTimesAreChecked() {
        String id = stopped(Map.of());
        for (Object schedule : List.of("nonsense", "30 9 1 * *", "CRON_TZ=Nowhere 0 9 * * *", "x".repeat(5000))) {
            var refused = world.api.send("PUT", path(id, "/autostart"), owner, Map.of("schedule", schedule));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(TestApi.json(refused).at("/validations/0/field").asString())
                    .isEqualTo("schedule");
        }
        assertThat(put(owner, id, "/autostart", Map.of("schedule", "0 9 * * 1-5")))
                .isEqualTo(204);
        rule("allow_user_autostart = FALSE, allow_user_autostop = FALSE");
        assertThat(put(owner, id, "/autostart", Map.of("schedule", "0 9 * * 1-5")))
                .isEqualTo(400);
        assertThat(put(owner, id, "/ttl", Map.of("ttl_ms", 7_200_000))).isEqualTo(400);
        assertThat(put(owner, id, "/autostart", Map.of())).isEqualTo(204);
        assertThat(put(owner, id, "/autostart", Map.of("schedule", ""))).isEqualTo(204);
        assertThat(world.workspace(owner, id).has("autostart_schedule")).isFalse();
        assertThat(world.api
                        .send("PUT", path(id, "/dormant"), owner, "{\"dormant\": \"perhaps\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(put(owner, id, "/extend", Map.of())).isEqualTo(400);
    }

    @Test
    void nobodyElseChangesTimesOrCanTell() {
        String id = stopped(Map.of());
        String none = UUID.randomUUID().toString();
        Map<String, Map<String, ?>> routes = Map.of(
                "/ttl", Map.of("ttl_ms", 3_600_000),
                "/autostart", Map.of("schedule", "0 9 * * *"),
                "/autoupdates", Map.of("automatic_updates", "always"),
                "/extend", Map.of("deadline", "2024-06-03T12:00:00Z"),
                "/dormant", Map.of("dormant", true),
                "/favorite", Map.of());
        for (String stranger : List.of(member, outsider)) {
            routes.forEach((route, body) -> {
                var foreign = world.api.send("PUT", path(id, route), stranger, body);
                assertThat(foreign.statusCode()).as(route).isEqualTo(404);
                assertThat(foreign.body())
                        .as(route)
                        .isEqualTo(world.api
                                .send("PUT", path(none, route), stranger, body)
                                .body());
            });
            for (String route : List.of("/timings", "/resolve-autostart")) {
                assertThat(world.api.get(path(id, route), stranger).body())
                        .isEqualTo(world.api.get(path(none, route), stranger).body());
            }
        }
    }

    @Test
    void aRunningWorkspaceIsExtendedWithinLimits() {
        String id = create(Map.of("ttl_ms", 3_600_000));
        Instant now = world.clock.instant();
        assertThat(Instant.parse(latest(id).get("deadline").asString()))
                .isBetween(now.plusSeconds(3500), now.plusSeconds(3601));
        assertThat(extend(id, now.plusSeconds(60))).isEqualTo(400);
        assertThat(extend(id, now.plus(60, ChronoUnit.DAYS))).isEqualTo(400);
        Instant later = now.plusSeconds(7200).truncatedTo(ChronoUnit.SECONDS);
        assertThat(extend(id, later)).isEqualTo(200);
        assertThat(latest(id).get("deadline").asString()).isEqualTo(later.toString());
        // Who no longer wants a stop is not stopped.
        assertThat(put(owner, id, "/ttl", Map.of("ttl_ms", 0))).isEqualTo(204);
        assertThat(latest(id).get("deadline").isNull()).isTrue();
        assertThat(extend(id, later)).isEqualTo(409);
        world.build(owner, id, "stop");
        world.awaitStatus(owner, id, "stopped");
        assertThat(extend(id, later)).isEqualTo(409);
    }

    private int extend(String id, Instant deadline) {
        return put(owner, id, "/extend", Map.of("deadline", deadline.toString()));
    }

    @Test
    void useExtendsTheTimeByTheTemplatesBump() {
        rule("activity_bump = 3600000");
        String id = create(Map.of("ttl_ms", 7_200_000));
        Instant first = Instant.parse(latest(id).get("deadline").asString());
        use(id);
        assertThat(latest(id).get("deadline").asString()).isEqualTo(first.toString());
        world.clock.advance(Duration.ofMinutes(90));
        use(id);
        Instant bumped = Instant.parse(latest(id).get("deadline").asString());
        assertThat(bumped).isBetween(first.plusSeconds(1700), first.plusSeconds(1801));
        // Less than a twentieth of the hour has passed.
        world.clock.advance(Duration.ofSeconds(30));
        use(id);
        assertThat(latest(id).get("deadline").asString()).isEqualTo(bumped.toString());
        rule("activity_bump = 0");
        world.clock.advance(Duration.ofMinutes(40));
        use(id);
        assertThat(latest(id).get("deadline").asString()).isEqualTo(bumped.toString());
    }

    @Test
    void useIsOfAnAgentOfTheWorkspaceByAKnownProgram() {
        String id = create(Map.of());
        String agent = world.workspace(owner, id)
                .at("/latest_build/resources/0/agents/0/id")
                .asString();
        Map<Map<String, String>, Integer> answers = Map.of(
                Map.of("agent_id", agent, "app_name", "ssh"), 204,
                Map.of("agent_id", agent), 400,
                Map.of("app_name", "ssh"), 400,
                Map.of("agent_id", agent, "app_name", "telnet"), 400,
                Map.of("agent_id", UUID.randomUUID().toString(), "app_name", "ssh"), 400);
        answers.forEach((body, status) -> assertThat(
                        world.api.send("POST", path(id, "/usage"), owner, body).statusCode())
                .as(body.toString())
                .isEqualTo(status));
    }

    @Test
    void useNeverPutsOffARequiredStop() {
        rule("activity_bump = 86400000, autostop_days = '{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'");
        assertThat(world.api
                        .send(
                                "PUT",
                                "/api/v2/users/me/quiet-hours",
                                owner,
                                Map.of("schedule", "CRON_TZ=Europe/Berlin 0 22 * * *"))
                        .statusCode())
                .isEqualTo(200);
        String id = create(Map.of("ttl_ms", 3_600_000));
        assertThat(latest(id).get("max_deadline").asString()).isEqualTo("2024-06-03T20:00:00Z");
        use(id);
        assertThat(latest(id).get("deadline").asString()).isEqualTo("2024-06-03T20:00:00Z");
        assertThat(extend(id, Instant.parse("2024-06-03T20:30:00Z"))).isEqualTo(400);
        world.clock.set(Instant.parse("2024-06-03T20:00:30Z"));
        look();
        assertThat(world.awaitStatus(owner, id, "stopped")
                        .at("/latest_build/reason")
                        .asString())
                .isEqualTo("autostop");
    }

    private void use(String id) {
        assertThat(world.api.send("POST", path(id, "/usage"), owner, Map.of()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void quietHoursAreEachPersonsOwn() {
        String path = "/api/v2/users/mara/quiet-hours";
        JsonNode usual = TestApi.json(world.api.get(path, member));
        assertThat(usual.get("raw_schedule").asString()).isEqualTo("CRON_TZ=UTC 0 0 * * *");
        assertThat(usual.get("user_set").asBoolean()).isFalse();
        assertThat(usual.get("next").asString()).isEqualTo("2024-06-04T00:00:00Z");
        var set = world.api.send("PUT", path, member, Map.of("schedule", "CRON_TZ=US/Central 5 1 * * *"));
        assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
        JsonNode chosen = TestApi.json(world.api.get(path, member));
        assertThat(chosen.get("user_set").asBoolean()).isTrue();
        assertThat(chosen.get("time").asString()).isEqualTo("01:05");
        assertThat(chosen.get("timezone").asString()).isEqualTo("US/Central");
        assertThat(world.api
                        .send("PUT", path, member, Map.of("schedule", "0 0 * * 1"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("PUT", path, owner, Map.of("schedule", "0 0 * * *"))
                        .body())
                .isEqualTo(world.api
                        .send("PUT", "/api/v2/users/nobody/quiet-hours", owner, Map.of("schedule", "0 0 * * *"))
                        .body());
        assertThat(world.api.get(path, outsider).statusCode()).isEqualTo(404);
        assertThat(world.api.database.look("SELECT diff -> 'quiet_hours_schedule' ->> 'new' FROM audit_events"
                        + " WHERE resource_target = 'mara' AND diff ? 'quiet_hours_schedule'"))
                .isEqualTo("CRON_TZ=US/Central 5 1 * * *");
    }

    @Test
    void anUnusedWorkspaceIsPutToSleepStoppedAndDeleted() {
        rule("time_til_dormant = 86400000, time_til_dormant_autodelete = 172800000");
        String id = create(Map.of());
        look();
        assertThat(world.workspace(owner, id).get("dormant_at").isNull()).isTrue();
        world.clock.advance(Duration.ofHours(25));
        look();
        JsonNode asleep = world.awaitStatus(owner, id, "stopped");
        assertThat(asleep.get("dormant_at").isNull()).isFalse();
        assertThat(Instant.parse(asleep.get("deleting_at").asString()))
                .isEqualTo(Instant.parse(asleep.get("dormant_at").asString()).plus(2, ChronoUnit.DAYS));
        assertThat(asleep.at("/latest_build/reason").asString()).isEqualTo("dormancy");
        assertThat(world.build(owner, id, "start").statusCode()).isEqualTo(403);
        look();
        world.clock.advance(Duration.ofHours(49));
        look();
        world.awaitStatus(owner, id, "deleted");
    }

    @Test
    void aSleepingWorkspaceIsWokenAndStaysAwake() {
        rule("time_til_dormant = 86400000");
        String id = stopped(Map.of());
        var slept = world.api.send("PUT", path(id, "/dormant"), owner, Map.of("dormant", true));
        assertThat(slept.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(slept).get("dormant_at").isNull()).isFalse();
        assertThat(put(owner, id, "/dormant", Map.of("dormant", true))).isEqualTo(304);
        world.clock.advance(Duration.ofHours(30));
        var woken = world.api.send("PUT", path(id, "/dormant"), owner, Map.of("dormant", false));
        assertThat(TestApi.json(woken).get("dormant_at").isNull()).isTrue();
        look();
        assertThat(world.workspace(owner, id).get("dormant_at").isNull()).isTrue();
        assertThat(world.build(owner, id, "start").statusCode()).isEqualTo(201);
        assertThat(world.api.database.look(
                        "SELECT count(*) FROM audit_events WHERE resource_id = '" + id + "' AND diff ? 'dormant_at'"))
                .isEqualTo("2");
    }

    @Test
    void aFailedStartIsCleanedUp() {
        rule("failure_ttl = 600000");
        world.engine.behave((order, log, cancellation) -> {
            if (order.transition() == dev.cloister.provisioner.Transition.START) {
                throw new BuildException("It does not start.");
            }
            return FakeEngine.succeed(order, log, cancellation);
        });
        String id = TestWorkspaces.created(world.api.send(
                        "POST",
                        "/api/v2/users/me/workspaces",
                        owner,
                        Map.of("template_id", template, "name", "broken")))
                .get("id")
                .asString();
        world.awaitStatus(owner, id, "failed");
        look();
        assertThat(latest(id).get("build_number").asInt()).isEqualTo(1);
        world.clock.advance(Duration.ofMinutes(11));
        look();
        world.awaitStatus(owner, id, "stopped");
    }

    @Test
    void favouritesComeFirstForTheirOwnerOnly() {
        create(Map.of());
        String last = create(Map.of());
        String[] ids = {ids(owner).getFirst(), ids(owner).getLast()};
        assertThat(put(owner, ids[1], "/favorite", Map.of())).isEqualTo(204);
        assertThat(ids(owner).getFirst()).isEqualTo(ids[1]);
        assertThat(world.workspace(owner, ids[1]).get("favorite").asBoolean()).isTrue();
        assertThat(world.workspace(world.api.owner(), ids[1]).get("favorite").asBoolean())
                .isFalse();
        assertThat(put(world.api.owner(), last, "/favorite", Map.of())).isEqualTo(403);
        assertThat(world.api
                        .send("DELETE", path(ids[1], "/favorite"), owner, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(ids(owner).getFirst()).isEqualTo(ids[0]);
    }

    private static List<String> ids(String token) {
        return TestApi.json(world.api.get("/api/v2/workspaces", token)).get("workspaces").values().stream()
                .map(node -> node.get("id").asString())
                .toList();
    }

    @Test
    void aRequiredVersionIsTheOneThatIsBuilt() {
        String id = stopped(Map.of());
        String old = latest(id).get("template_version_id").asString();
        var next = world.imported(world.version(TestWorkspaces.PLAIN, template));
        String fresh = next.get("id").asString();
        assertThat(world.api
                        .send(
                                "PATCH",
                                "/api/v2/templates/" + template + "/versions",
                                world.api.owner(),
                                Map.of("id", fresh))
                        .statusCode())
                .isEqualTo(200);
        rule("require_active_version = TRUE");
        assertThat(world.workspace(owner, id)
                        .get("template_require_active_version")
                        .asBoolean())
                .isTrue();
        assertThat(world.build(owner, id, Map.of("transition", "start", "template_version_id", old))
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.api
                        .send(
                                "POST",
                                "/api/v2/users/me/workspaces",
                                owner,
                                Map.of("template_version_id", old, "name", "older"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.build(owner, id, "start").statusCode()).isEqualTo(201);
        assertThat(world.awaitStatus(owner, id, "running")
                        .at("/latest_build/template_version_id")
                        .asString())
                .isEqualTo(fresh);
    }

    @Test
    void aPresetAnswersForItsOwner() {
        var version = world.imported(world.version("""
                version: 1
                parameters:
                  - { name: size, type: number, default: 1, mutable: true }
                  - { name: region, default: eu, mutable: true }
                presets:
                  - { name: Large, parameters: { size: 8 } }
                """, template));
        String id = version.get("id").asString();
        String preset = world.api.database.look(
                "SELECT id FROM template_version_presets WHERE template_version_id = '" + id + "'");
        var created = world.api.send(
                "POST",
                "/api/v2/users/me/workspaces",
                owner,
                Map.of(
                        "template_version_id",
                        id,
                        "name",
                        "large",
                        "template_version_preset_id",
                        preset,
                        "rich_parameter_values",
                        List.of(Map.of("name", "region", "value", "asia"))));
        JsonNode build = TestWorkspaces.created(created).get("latest_build");
        assertThat(build.get("template_version_preset_id").asString()).isEqualTo(preset);
        assertThat(world.api
                        .get("/api/v2/workspacebuilds/" + build.get("id").asString() + "/parameters", owner)
                        .body())
                .isEqualTo("[{\"name\":\"region\",\"value\":\"asia\"},{\"name\":\"size\",\"value\":\"8\"}]");
        var unknown = world.api.send(
                "POST",
                "/api/v2/users/me/workspaces",
                owner,
                Map.of("template_version_id", id, "name", "none", "template_version_preset_id", UUID.randomUUID()));
        assertThat(unknown.statusCode()).isEqualTo(400);
    }

    @Test
    void aMissingAnswerIsToldBeforeTheNextStart() {
        String id = stopped(Map.of("autostart_schedule", "30 7 * * *", "automatic_updates", "always"));
        assertThat(mismatch(id)).isFalse();
        var next = world.imported(world.version(
                "version: 1\nparameters:\n  - { name: region, options: [{ value: eu }, { value: asia }] }\n",
                template));
        world.api.send(
                "PATCH",
                "/api/v2/templates/" + template + "/versions",
                world.api.owner(),
                Map.of("id", next.get("id").asString()));
        assertThat(mismatch(id)).isTrue();
        world.clock.advance(Duration.ofMinutes(31));
        look();
        assertThat(latest(id).get("build_number").asInt()).isEqualTo(2);
        put(owner, id, "/autoupdates", Map.of("automatic_updates", "never"));
        assertThat(mismatch(id)).isFalse();
    }

    private static boolean mismatch(String id) {
        return TestApi.json(world.api.get(path(id, "/resolve-autostart"), owner))
                .get("parameter_mismatch")
                .asBoolean();
    }

    @Test
    void timingsTellWhereTheTimeWent() {
        String id = create(Map.of());
        String agent = world.workspace(owner, id)
                .at("/latest_build/resources/0/agents/0/id")
                .asString();
        world.api.database.execute(
                "INSERT INTO workspace_agent_script_timings SELECT id, now(), now(), 0, 'start', 'ok'"
                        + " FROM workspace_agent_scripts WHERE agent_id = '" + agent + "'");
        world.api.database.execute("UPDATE workspace_agents SET first_connected_at = now() WHERE id = '" + agent + "'");
        String build = latest(id).get("id").asString();
        JsonNode timings = TestApi.json(world.api.get("/api/v2/workspacebuilds/" + build + "/timings", owner));
        assertThat(timings.at("/provisioner_timings/0/stage").asString()).isEqualTo("apply");
        assertThat(timings.at("/agent_script_timings/0/display_name").asString())
                .isEqualTo("Startup");
        assertThat(timings.at("/agent_connection_timings/0/workspace_agent_name")
                        .asString())
                .isEqualTo("main");
        assertThat(TestApi.json(world.api.get(path(id, "/timings"), owner))).isEqualTo(timings);
        assertThat(world.api
                        .get("/api/v2/workspacebuilds/" + build + "/timings", outsider)
                        .statusCode())
                .isEqualTo(404);
    }
}
