package dev.cloister.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search syntax of the list of workspaces. */
class WorkspaceListTest {
    private static final String ASKING = """
            version: 1
            parameters:
              - { name: size, type: number, default: 2, mutable: true }
              - { name: region, default: eu, mutable: true }
            """;

    private static TestWorkspaces world;
    private static String owner;

    @BeforeAll
    static void arrange() {
        world = TestWorkspaces.started();
        owner = world.api.person("olga");
        world.api.person("gerd");
        String plain = world.template("plain", TestWorkspaces.PLAIN);
        String asking = world.template("asking", ASKING);
        String connected = world.running(owner, plain, "alpha");
        world.api.database.execute("UPDATE workspace_agents SET first_connected_at = now(), last_connected_at = now(),"
                + " lifecycle_state = 'ready' WHERE workspace_id = '" + connected + "'");
        String lost = world.running(owner, asking, "beta");
        world.api.database.execute("UPDATE workspace_agents SET first_connected_at = now() - interval '1 hour',"
                + " last_connected_at = now() - interval '1 hour' WHERE workspace_id = '" + lost + "'");
        String asleep = world.running(owner, asking, "gamma");
        world.build(owner, asleep, "stop");
        world.awaitStatus(owner, asleep, "stopped");
        world.api.send("PUT", "/api/v2/workspaces/" + asleep + "/dormant", owner, Map.of("dormant", true));
        world.api.send(
                "PATCH",
                "/api/v2/workspaces/" + connected + "/acl",
                owner,
                Map.of(
                        "user_roles",
                        Map.of(world.api.database.look("SELECT id FROM users WHERE username = 'gerd'"), "use"),
                        "group_roles",
                        Map.of(world.api.organization(), "use")));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static List<String> names(String q) {
        var answer = world.api.get("/api/v2/workspaces?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8), owner);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var found = TestApi.json(answer);
        var names = found.get("workspaces").values().stream()
                .map(node -> node.get("name").asString())
                .sorted()
                .toList();
        assertThat(found.get("count").asInt()).isEqualTo(names.size());
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "has-agent:connected | alpha",
                "has-agent:disconnected | beta",
                "has-agent:timeout | ''",
                "dormant:true | gamma",
                "dormant:false | alpha beta",
                "healthy:false | beta",
                "healthy:true | alpha gamma",
                "has-ai-task:true | ''",
                "has-ai-task:false | alpha beta gamma",
                "has_external_agent:true | ''",
                "shared:true | alpha",
                "shared:false | beta gamma",
                "shared_with_user:gerd | alpha",
                "shared_with_user:nobody | ''",
                "shared_with_group:Everyone | alpha",
                "shared_with_group:default/everyone | alpha",
                "param:region | beta gamma",
                "param:region=EU param:size=2 | beta gamma",
                "param:region=asia | ''",
                "owner:me template:asking status:running | beta",
                "name:a status:stopped | gamma",
                "olga/alph | alpha",
                "outdated:true | ''",
            })
    void eachKeyNarrowsTheList(String q, String names) {
        assertThat(String.join(" ", names(q))).isEqualTo(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour:red",
                "dormant:perhaps",
                "has-agent:asleep",
                "healthy:1",
                "shared:no",
                "status:melting",
                "id:1",
                "param:=x",
                "last_used_after:yesterday",
                "name:\"open"
            })
    void whatIsNoSearchIsExplained(String q) {
        var answer = world.api.get("/api/v2/workspaces?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8), owner);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(answer).get("validations").size()).isEqualTo(1);
    }

    @Test
    void whoCanOwnAWorkspaceIsForWhoMayMakeOneForThem() {
        String path = "/api/v2/organizations/" + world.api.organization() + "/members/me/workspaces/available-users";
        var all = TestApi.json(world.api.get(path + "?q=ger", world.api.owner()));
        assertThat(all.size()).isEqualTo(1);
        assertThat(all.at("/0/username").asString()).isEqualTo("gerd");
        assertThat(all.at("/0").has("email")).isFalse();
        assertThat(world.api.get(path, owner).statusCode()).isEqualTo(403);
    }

    @Test
    void aRestartIsAStopThatAStartFollows() {
        String id = world.running(owner, idOf("plain"), "again");
        assertThat(world.build(owner, id, Map.of("transition", "start", "on_success", Map.of("transition", "start")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.build(owner, id, Map.of("transition", "stop", "on_success", Map.of("transition", "start")))
                        .statusCode())
                .isEqualTo(201);
        TestWorkspaces.until(
                () -> world.workspace(owner, id).get("latest_build"),
                build -> build.get("build_number").asInt() == 3
                        && build.get("status").asString().equals("running"));
        assertThat(world.build(owner, id, Map.of("transition", "delete")).statusCode())
                .isEqualTo(201);
        world.awaitStatus(owner, id, "deleted");
    }

    private static String idOf(String template) {
        return world.api.database.look("SELECT id FROM templates WHERE name = '" + template + "'");
    }

    @Test
    void theStateOfABuildIsForWhoMayChangeItsTemplate() {
        String id = TestApi.json(world.api.get("/api/v2/users/me/workspace/alpha", owner))
                .at("/latest_build/id")
                .asString();
        String path = "/api/v2/workspacebuilds/" + id + "/state";
        assertThat(world.api.get(path, owner).statusCode()).isEqualTo(403);
        assertThat(world.api.send("PUT", path, owner, Map.of("state", "e30=")).statusCode())
                .isEqualTo(403);
        assertThat(world.api.get(path, world.api.owner()).body()).isEmpty();
        assertThat(world.api
                        .send("PUT", path, world.api.owner(), Map.of("state", ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("PUT", path, world.api.owner(), Map.of("state", "no Base64!"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("PUT", path, world.api.owner(), Map.of("state", "eyJ2IjoxfQ=="))
                        .statusCode())
                .isEqualTo(204);
        assertThat(world.api.get(path, world.api.owner()).body()).isEqualTo("{\"v\":1}");
        assertThat(world.api.database.look("SELECT encode(state, 'escape') FROM workspace_build_states"))
                .doesNotContain("\"v\"");
        assertThat(world.api.get(path, world.api.outsider("stranger")).statusCode())
                .isEqualTo(404);
    }
}
