package dev.cloister.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a version holds: variables, presets, dry runs, and the form for its parameters. */
class TemplateContentsTest {
    private static final String YAML = """
            version: 1
            variables:
              - {name: registry, default: registry.example.com}
              - {name: zone}
            parameters:
              - {name: size, type: number, default: 2, mutable: true, validation: {min: 1, max: 8, monotonic: increasing}}
              - {name: region, options: [{value: eu}, {value: us}]}
            presets:
              - {name: Large, description: Big., default: true, parameters: {size: 8, region: eu}}
              - {name: Small, parameters: {size: 1}}
            environment:
              ZONE: ${variables.zone}
            """;

    private static TestWorkspaces world;
    private static String member;
    private static String outsider;
    private static String template;
    private static String version;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
        JsonNode imported = world.imported(importOf(YAML, "", List.of(Map.of("name", "zone", "value", "a"))));
        version = imported.get("id").asString();
        template = TestWorkspaces.created(world.api.send(
                        "POST",
                        "/api/v2/organizations/default/templates",
                        world.api.owner(),
                        Map.of("name", "full", "template_version_id", version)))
                .get("id")
                .asString();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode importOf(String yaml, String ofTemplate, List<Map<String, String>> variables) {
        var request = new HashMap<String, Object>();
        request.put("file_id", world.file(yaml));
        request.put("storage_method", "file");
        request.put("provisioner", "terraform");
        request.put("user_variable_values", variables);
        if (!ofTemplate.isEmpty()) {
            request.put("template_id", ofTemplate);
        }
        return TestWorkspaces.created(
                world.api.send("POST", "/api/v2/organizations/default/templateversions", world.api.owner(), request));
    }

    private static String path(String of, String part) {
        return "/api/v2/templateversions/" + of + part;
    }

    private static JsonNode get(String path, String token) {
        var response = world.api.get(path, token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestApi.json(response);
    }

    @Test
    void variablesShowWhatWasGivenAndTheirDefault() {
        JsonNode variables = get(path(version, "/variables"), member);
        assertThat(variables.at("/0/name").asString()).isEqualTo("registry");
        assertThat(variables.at("/0/value").asString()).isEqualTo("registry.example.com");
        assertThat(variables.at("/0/required").asBoolean()).isFalse();
        assertThat(variables.at("/1/value").asString()).isEqualTo("a");
        assertThat(variables.at("/1/required").asBoolean()).isTrue();
    }

    @Test
    void whatTheActiveVersionWasGivenHoldsForTheNextUnlessSaidOtherwise() {
        JsonNode next = world.imported(importOf(YAML + "# next", template, List.of()));
        assertThat(next.at("/job/status").asString()).isEqualTo("succeeded");
        assertThat(get(path(next.get("id").asString(), "/variables"), member)
                        .at("/1/value")
                        .asString())
                .isEqualTo("a");
        JsonNode other =
                world.imported(importOf(YAML + "# other", template, List.of(Map.of("name", "zone", "value", "b"))));
        assertThat(get(path(other.get("id").asString(), "/variables"), member)
                        .at("/1/value")
                        .asString())
                .isEqualTo("b");
    }

    @Test
    void aRequiredVariableWithoutAValueFailsTheImportByLineAndField() {
        JsonNode failed = world.imported(importOf(YAML + "# bare", "", List.of()));
        assertThat(failed.at("/job/status").asString()).isEqualTo("failed");
        assertThat(failed.at("/job/error").asString()).contains("workspace.yaml:4", "variables[1]", "zone");
    }

    @Test
    void variablesOfARequestAreBounded() {
        for (List<Map<String, String>> wrong : List.of(
                List.of(Map.of("name", "a", "value", "x".repeat(9000))),
                List.of(Map.of("name", "", "value", "x")),
                List.of(Map.of("name", "a", "value", "1"), Map.of("name", "a", "value", "2")),
                java.util.Collections.nCopies(101, Map.of("name", "a", "value", "1")))) {
            var refused = world.api.send(
                    "POST",
                    "/api/v2/organizations/default/templateversions",
                    world.api.owner(),
                    Map.of(
                            "file_id",
                            world.file(YAML),
                            "storage_method",
                            "file",
                            "provisioner",
                            "terraform",
                            "user_variable_values",
                            wrong));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("user_variable_values");
        }
    }

    @Test
    void presetsHaveIdsAndValues() {
        JsonNode presets = get(path(version, "/presets"), member);
        assertThat(presets.findValuesAsString("name")).contains("Large", "Small");
        assertThat(presets.at("/0/default").asBoolean()).isTrue();
        assertThat(UUID.fromString(presets.at("/0/id").asString())).isNotNull();
        assertThat(presets.at("/0/parameters").toString())
                .isEqualTo("[{\"name\":\"region\",\"value\":\"eu\"},{\"name\":\"size\",\"value\":\"8\"}]");
        assertThat(presets.at("/0/desiredPrebuildInstances").isNull()).isTrue();
    }

    @Test
    void aWorkspaceIsBuiltWithTheVariablesOfItsVersionAndANumberThatOnlyGrowsDoesNotShrink() {
        String workspace = TestWorkspaces.created(world.api.send(
                        "POST",
                        "/api/v2/users/me/workspaces",
                        member,
                        Map.of(
                                "template_version_id",
                                version,
                                "name",
                                "zoned",
                                "rich_parameter_values",
                                List.of(
                                        Map.of("name", "region", "value", "eu"),
                                        Map.of("name", "size", "value", "4")))))
                .get("id")
                .asString();
        world.awaitStatus(member, workspace, "running");
        assertThat(world.engine.orders.getLast().source().variables()).containsEntry("zone", "a");
        var refused = world.build(
                member,
                workspace,
                Map.of("transition", "start", "rich_parameter_values", List.of(Map.of("name", "size", "value", "2"))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(refused).at("/validations/0/field").asString()).isEqualTo("size");
    }

    private static JsonNode dryRun(String token, String region) {
        return TestWorkspaces.created(world.api.send(
                "POST",
                path(version, "/dry-run"),
                token,
                Map.of(
                        "workspace_name",
                        "try",
                        "rich_parameter_values",
                        List.of(Map.of("name", "region", "value", region)))));
    }

    private static JsonNode over(String path, String token) {
        return TestWorkspaces.until(
                () -> TestApi.json(world.api.get(path, token)),
                job -> !List.of("pending", "running").contains(job.get("status").asString()));
    }

    @Test
    void aDryRunShowsWhatWouldBeMadeToWhoAskedAndToAuthorsOnly() {
        JsonNode asked = dryRun(member, "eu");
        assertThat(asked.get("type").asString()).isEqualTo("template_version_dry_run");
        String job = path(version, "/dry-run/" + asked.get("id").asString());
        assertThat(over(job, member).get("status").asString()).isEqualTo("succeeded");
        assertThat(get(job + "/resources", member).at("/0/type").asString()).isEqualTo("cloister_sandbox");
        assertThat(world.api.get(job + "/logs?format=text", member).body()).contains("cloister_sandbox.workspace");
        assertThat(get(job + "/matched-provisioners", member).get("available").asInt())
                .isPositive();
        assertThat(get(job, world.api.owner()).get("initiator_id").asString())
                .isEqualTo(asked.get("initiator_id").asString());
        String other = world.api.person("nora");
        for (String token : List.of(other, outsider)) {
            for (String part : List.of("", "/resources", "/logs", "/matched-provisioners")) {
                var foreign = world.api.get(job + part, token);
                var missing = world.api.get(path(version, "/dry-run/" + UUID.randomUUID()) + part, token);
                assertThat(foreign.statusCode()).as(part).isEqualTo(404);
                assertThat(foreign.body()).isEqualTo(missing.body());
            }
            assertThat(world.api.send("PATCH", job + "/cancel", token, null).statusCode())
                    .isEqualTo(404);
        }
        // It is over.
        assertThat(world.api.send("PATCH", job + "/cancel", member, null).statusCode())
                .isEqualTo(400);
        var log = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + version, world.api.owner()));
        assertThat(log.get("audit_logs").findValuesAsString("job")).contains("dry run");
    }

    @Test
    void aDryRunWithWrongAnswersIsRefusedByName() {
        var refused = world.api.send(
                "POST",
                path(version, "/dry-run"),
                member,
                Map.of("rich_parameter_values", List.of(Map.of("name", "size", "value", "99"))));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(refused).get("validations").findValuesAsString("field"))
                .containsExactly("size", "region");
        assertThat(world.api
                        .send("POST", path(version, "/dry-run"), outsider, Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void onePersonCannotFillTheQueueWithDryRuns() {
        String paula = world.api.person("paula");
        JsonNode one = dryRun(paula, "eu");
        over(path(version, "/dry-run/" + one.get("id").asString()), paula);
        // As if five were waiting.
        for (int i = 0; i < 5; i++) {
            world.api.database.execute(
                    "INSERT INTO provisioner_jobs (id, organization_id, initiator_id, type, provisioner,"
                            + " file_id, input, created_at, started_at, worker_id, leased_until) SELECT gen_random_uuid(),"
                            + " organization_id, initiator_id, type, provisioner, file_id, input, now(), now(),"
                            + " gen_random_uuid(), now() + interval '1 hour' FROM provisioner_jobs WHERE id = '"
                            + one.get("id").asString() + "'");
        }
        var refused = world.api.send(
                "POST",
                path(version, "/dry-run"),
                paula,
                Map.of("rich_parameter_values", List.of(Map.of("name", "region", "value", "eu"))));
        assertThat(refused.statusCode()).isEqualTo(429);
        world.api.database.execute("UPDATE provisioner_jobs SET completed_at = now() WHERE completed_at IS NULL"
                + " AND type = 'template_version_dry_run'");
    }

    @Test
    void aVersionOfAnotherTemplateIsNotPromotedAndLooksMissing() {
        String other = world.imported(world.version(TestWorkspaces.PLAIN + "# elsewhere", ""))
                .get("id")
                .asString();
        String versions = "/api/v2/templates/" + template + "/versions";
        var foreign = world.api.send("PATCH", versions, world.api.owner(), Map.of("id", other));
        var missing = world.api.send(
                "PATCH",
                versions,
                world.api.owner(),
                Map.of("id", UUID.randomUUID().toString()));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(missing.body());
        assertThat(get("/api/v2/templates/" + template, member)
                        .get("active_version_id")
                        .asString())
                .isEqualTo(version);
    }

    @Test
    void aVersionThatWasNotImportedCannotBeTried() {
        JsonNode failed = world.imported(world.version("version: 9\n", ""));
        assertThat(world.api
                        .send("POST", path(failed.get("id").asString(), "/dry-run"), world.api.owner(), Map.of())
                        .statusCode())
                .isEqualTo(412);
        assertThat(world.api
                        .send(
                                "POST",
                                path(failed.get("id").asString(), "/dynamic-parameters/evaluate"),
                                world.api.owner(),
                                Map.of("id", 1))
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void answersAreJudgedWhileAFormIsFilledIn() {
        String evaluate = path(version, "/dynamic-parameters/evaluate");
        JsonNode answer = TestApi.json(world.api.send(
                "POST", evaluate, member, Map.of("id", 7, "inputs", Map.of("size", "99", "nonsense", "x"))));
        assertThat(answer.get("id").asInt()).isEqualTo(7);
        assertThat(answer.at("/diagnostics/0/severity").asString()).isEqualTo("warning");
        assertThat(answer.at("/diagnostics/0/detail").asString()).isEqualTo("nonsense");
        JsonNode size = answer.at("/parameters/0");
        assertThat(size.at("/value/value").asString()).isEqualTo("99");
        assertThat(size.at("/default_value/value").asString()).isEqualTo("2");
        assertThat(size.at("/diagnostics/0/severity").asString()).isEqualTo("error");
        assertThat(size.at("/validations/0/validation_max").asInt()).isEqualTo(8);
        JsonNode region = answer.at("/parameters/1");
        assertThat(region.at("/value/valid").asBoolean()).isFalse();
        assertThat(region.at("/diagnostics/0/extra/code").asString()).isEqualTo("required");
        assertThat(region.at("/form_type").asString()).isEqualTo("radio");
        assertThat(world.api.send("POST", evaluate, outsider, Map.of("id", 1)).statusCode())
                .isEqualTo(404);
        assertThat(world.api
                        .send("POST", evaluate, member, Map.of("id", 1, "inputs", List.of()))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whetherAPersonExistsIsNotToldByAskingForThem() {
        String evaluate = path(version, "/dynamic-parameters/evaluate");
        String admin = get("/api/v2/users/me", world.api.owner()).get("id").asString();
        var existing = world.api.send("POST", evaluate, member, Map.of("id", 1, "owner_id", admin));
        var missing = world.api.send(
                "POST",
                evaluate,
                member,
                Map.of("id", 1, "owner_id", UUID.randomUUID().toString()));
        assertThat(existing.statusCode()).isEqualTo(403);
        assertThat(existing.body()).isEqualTo(missing.body());
    }

    @Test
    void aFormIsFilledInOverAWebSocket() throws Exception {
        var messages = new LinkedBlockingQueue<String>();
        try (var client = HttpClient.newHttpClient()) {
            URI address = URI.create(
                    world.api.url().toString().replace("http:", "ws:") + path(version, "/dynamic-parameters"));
            var socket = client.newWebSocketBuilder()
                    .header("Coder-Session-Token", member)
                    .buildAsync(address, new WebSocket.Listener() {
                        private final StringBuilder text = new StringBuilder();

                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                            text.append(data);
                            if (last) {
                                messages.add(text.toString());
                                text.setLength(0);
                            }
                            from.request(1);
                            return null;
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            assertThat(next(messages).get("id").asInt()).isEqualTo(-1);
            socket.sendText("{\"id\":3,\"inputs\":{\"region\":\"eu\"}}", true).get(10, TimeUnit.SECONDS);
            JsonNode answer = next(messages);
            assertThat(answer.get("id").asInt()).isEqualTo(3);
            assertThat(answer.at("/parameters/1/diagnostics")).isEmpty();
            socket.sendText("no json", true).get(10, TimeUnit.SECONDS);
            assertThat(next(messages).get("message").asString()).contains("JSON object");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
        }
    }

    private static JsonNode next(LinkedBlockingQueue<String> messages) throws InterruptedException {
        String text = messages.poll(10, TimeUnit.SECONDS);
        assertThat(text).isNotNull();
        return dev.cloister.contract.api.ApiJson.mapper().readTree(text);
    }

    @Test
    void theSwitchForPreparedWorkspacesIsTheAdministrators() {
        String settings = "/api/v2/prebuilds/settings";
        assertThat(world.api.get(settings, member).body()).isEqualTo("{\"reconciliation_paused\":false}");
        assertThat(world.api
                        .send("PUT", settings, member, Map.of("reconciliation_paused", true))
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.api
                        .send("PUT", settings, world.api.owner(), Map.of("reconciliation_paused", false))
                        .statusCode())
                .isEqualTo(304);
        assertThat(world.api
                        .send("PUT", settings, world.api.owner(), Map.of("reconciliation_paused", true))
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api.get(settings, outsider).body()).isEqualTo("{\"reconciliation_paused\":true}");
        String invalidate = "/api/v2/templates/" + template + "/prebuilds/invalidate";
        assertThat(world.api.send("POST", invalidate, world.api.owner(), null).body())
                .isEqualTo("{\"invalidated\":[]}");
        assertThat(world.api.send("POST", invalidate, member, null).statusCode())
                .isEqualTo(403);
        assertThat(world.api.send("POST", invalidate, outsider, null).statusCode())
                .isEqualTo(404);
        assertThat(world.api.database.look(
                        "SELECT count(*) FROM audit_events WHERE resource_type = 'prebuilds_settings'"))
                .isEqualTo("1");
    }
}
