package dev.cloister.server.workspace.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workspaces shared with people and groups. */
class SharingApiTest {
    private static TestWorkspaces world;
    private static String owner;
    private static String guest;
    private static String other;
    private static String outsider;
    private static String template;
    private String workspace;

    @BeforeAll
    static void arrange() {
        world = TestWorkspaces.started();
        owner = world.api.person("olga");
        guest = world.api.person("gerd");
        other = world.api.person("mara");
        outsider = world.api.outsider("otto");
        template = world.template("plain", TestWorkspaces.PLAIN);
    }

    @BeforeEach
    void workspaceOfItsOwn() {
        workspace = world.running(
                owner, template, "w" + UUID.randomUUID().toString().substring(0, 8));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String id(String username) {
        return world.api.database.look("SELECT id FROM users WHERE username = '" + username + "'");
    }

    private String path(String rest) {
        return "/api/v2/workspaces/" + workspace + rest;
    }

    private HttpResponse<String> share(String token, String kind, String with, String role) {
        return world.api.send("PATCH", path("/acl"), token, Map.of(kind, Map.of(with, role)));
    }

    private int status(String token, String method, String rest, Object body) {
        return world.api.send(method, path(rest), token, body).statusCode();
    }

    @Test
    void useLetsSomebodyWorkButNotChange() {
        assertThat(status(guest, "GET", "", null)).isEqualTo(404);
        assertThat(share(owner, "user_roles", id("gerd"), "use").statusCode()).isEqualTo(204);
        assertThat(status(guest, "GET", "", null)).isEqualTo(200);
        assertThat(status(guest, "POST", "/usage", Map.of())).isEqualTo(204);
        assertThat(world.build(guest, workspace, "stop").statusCode()).isEqualTo(201);
        world.awaitStatus(guest, workspace, "stopped");
        assertThat(world.build(guest, workspace, "start").statusCode()).isEqualTo(201);
        world.awaitStatus(guest, workspace, "running");
        assertThat(status(guest, "PATCH", "", Map.of("name", "mine"))).isEqualTo(403);
        assertThat(status(guest, "PUT", "/ttl", Map.of("ttl_ms", 3_600_000))).isEqualTo(403);
        assertThat(share(guest, "user_roles", id("mara"), "use").statusCode()).isEqualTo(403);
        assertThat(world.build(guest, workspace, "delete").statusCode()).isEqualTo(403);
        assertThat(world.api
                        .get("/api/v2/workspaces?q=shared_with_user:me", guest)
                        .body())
                .contains(workspace);
        assertThat(world.api.get("/api/v2/workspaces", other).body()).doesNotContain(workspace);
    }

    @Test
    void adminsDoAllButDelete() {
        share(owner, "user_roles", id("gerd"), "admin");
        assertThat(status(guest, "PUT", "/ttl", Map.of("ttl_ms", 3_600_000))).isEqualTo(204);
        assertThat(share(guest, "user_roles", id("mara"), "use").statusCode()).isEqualTo(204);
        assertThat(world.build(guest, workspace, "delete").statusCode()).isEqualTo(403);
        assertThat(share(guest, "user_roles", id("gerd"), "").statusCode()).isEqualTo(400);
    }

    @Test
    void groupsAreGivenAWorkspaceToo() {
        assertThat(share(owner, "group_roles", world.api.organization(), "use").statusCode())
                .isEqualTo(204);
        assertThat(status(other, "GET", "", null)).isEqualTo(200);
        assertThat(status(outsider, "GET", "", null)).isEqualTo(404);
        JsonNode acl = TestApi.json(world.api.get(path("/acl"), owner));
        assertThat(acl.at("/group/0/id").asString()).isEqualTo(world.api.organization());
        assertThat(acl.at("/group/0/role").asString()).isEqualTo("use");
        assertThat(acl.at("/group/0/total_member_count").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(acl.get("users").size()).isZero();
        JsonNode shared = world.workspace(owner, workspace).get("shared_with");
        assertThat(shared.at("/0/actor_type").asString()).isEqualTo("group");
        assertThat(shared.at("/0/roles/0").asString()).isEqualTo("use");
        assertThat(status(owner, "DELETE", "/acl", null)).isEqualTo(204);
        assertThat(status(other, "GET", "", null)).isEqualTo(404);
        assertThat(world.workspace(owner, workspace).has("shared_with")).isFalse();
    }

    @Test
    void whoIsNotInTheOrganizationIsNobody() {
        String foreign = share(owner, "user_roles", id("otto"), "use").body();
        String missing =
                share(owner, "user_roles", UUID.randomUUID().toString(), "use").body();
        assertThat(foreign.replaceAll("[0-9a-f-]{36}", "ID")).isEqualTo(missing.replaceAll("[0-9a-f-]{36}", "ID"));
        assertThat(share(owner, "user_roles", id("otto"), "use").statusCode()).isEqualTo(400);
        assertThat(share(owner, "group_roles", UUID.randomUUID().toString(), "use")
                        .statusCode())
                .isEqualTo(400);
        assertThat(share(owner, "user_roles", "not-a-uuid", "use").statusCode()).isEqualTo(400);
        assertThat(share(owner, "user_roles", id("gerd"), "king").statusCode()).isEqualTo(400);
        assertThat(share(owner, "user_roles", id("olga"), "use").statusCode()).isEqualTo(400);
        assertThat(TestApi.json(world.api.get(path("/acl"), owner)).get("users").size())
                .isZero();
    }

    @Test
    void nobodyElseSeesOrChangesWithWhomItIsShared() {
        for (String stranger : List.of(other, outsider)) {
            for (String method : List.of("GET", "PATCH", "DELETE")) {
                Object body = method.equals("PATCH") ? Map.of() : null;
                assertThat(world.api.send(method, path("/acl"), stranger, body).body())
                        .isEqualTo(world.api
                                .send(method, "/api/v2/workspaces/" + UUID.randomUUID() + "/acl", stranger, body)
                                .body());
            }
        }
    }

    @Test
    void sharingIsOnTheAuditLog() {
        share(owner, "user_roles", id("gerd"), "use");
        assertThat(world.api.database.look("SELECT diff -> 'user_acl' -> 'new' ? '" + id("gerd")
                        + "' FROM audit_events WHERE resource_id = '" + workspace + "' AND diff ? 'user_acl'"))
                .isEqualTo("t");
    }

    @Test
    void takingBackEndsAWatchWithinASecond() throws Exception {
        share(owner, "user_roles", id("gerd"), "use");
        var request = HttpRequest.newBuilder(world.api.url().resolve(path("/watch")))
                .header("Coder-Session-Token", guest)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body().read()).isPositive();
            var ended = new java.util.concurrent.CompletableFuture<Long>();
            Thread.ofVirtual().start(() -> {
                try (var body = response.body()) {
                    body.readAllBytes();
                } catch (java.io.IOException e) {
                    // ended as well
                }
                ended.complete(System.nanoTime());
            });
            long taken = System.nanoTime();
            share(owner, "user_roles", id("gerd"), "");
            assertThat(Duration.ofNanos(ended.get(5, TimeUnit.SECONDS) - taken)).isLessThan(Duration.ofSeconds(1));
        }
    }
}
