package dev.cloister.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.FakeEngine;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What workspaces cost, and what groups let their members spend. */
class QuotaTest {
    private static final String DEAR = "version: 1\ncost: 4\n";
    private static final String CHOSEN = """
            version: 1
            parameters:
              - { name: price, type: number, default: 3, mutable: true }
            cost: ${parameters.price}
            """;

    private static TestWorkspaces world;
    private static String dear;
    private static String chosen;
    private int people;

    @BeforeAll
    static void arrange() {
        world = TestWorkspaces.started();
        dear = world.template("dear", DEAR);
        chosen = world.template("chosen", CHOSEN);
    }

    @AfterEach
    void behaveAgain() {
        world.engine.behave(FakeEngine::succeed);
        allowance(0);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private String person() {
        return world.api.person("p" + UUID.randomUUID().toString().substring(0, 8) + people++);
    }

    /** Of the group of everyone. */
    private static void allowance(int credits) {
        world.api.database.execute("UPDATE groups SET quota_allowance = " + credits + " WHERE id = organization_id");
    }

    private static JsonNode quota(String token) {
        return TestApi.json(world.api.get("/api/v2/workspace-quota/me", token));
    }

    private static String create(String token, String template, String name) {
        return world.create(token, template, name).get("id").asString();
    }

    @Test
    void aStartThatCostsMoreThanIsLeftFailsWithTheCodeForIt() {
        String token = person();
        String refused = create(token, dear, "first");
        JsonNode failed = world.awaitStatus(token, refused, "failed");
        assertThat(failed.at("/latest_build/job/error_code").asString()).isEqualTo("INSUFFICIENT_QUOTA");
        assertThat(failed.at("/latest_build/daily_cost").asInt()).isZero();
        assertThat(world.engine.orders)
                .noneMatch(order -> order.workspaceId().toString().equals(refused));
        allowance(10);
        world.build(token, refused, "start");
        JsonNode running = world.awaitStatus(token, refused, "running");
        assertThat(running.at("/latest_build/daily_cost").asInt()).isEqualTo(4);
        assertThat(running.at("/latest_build/resources/0/daily_cost").asInt()).isEqualTo(4);
        assertThat(quota(token).get("credits_consumed").asInt()).isEqualTo(4);
        assertThat(quota(token).get("budget").asInt()).isEqualTo(10);
        // Starting it again costs nothing more.
        world.running(token, dear, "second");
        world.build(token, refused, "start");
        world.awaitStatus(token, refused, "running");
        world.awaitStatus(token, create(token, dear, "third"), "failed");
        world.build(token, refused, "stop");
        world.awaitStatus(token, refused, "stopped");
        assertThat(quota(token).get("credits_consumed").asInt()).isEqualTo(4);
    }

    @Test
    void theCostMayDependOnAParameter() {
        allowance(5);
        String token = person();
        String id = world.running(token, chosen, "cheap");
        assertThat(quota(token).get("credits_consumed").asInt()).isEqualTo(3);
        world.build(
                token,
                id,
                Map.of("transition", "start", "rich_parameter_values", List.of(Map.of("name", "price", "value", "6"))));
        world.awaitStatus(token, id, "failed");
        // What runs still is paid for still.
        assertThat(quota(token).get("credits_consumed").asInt()).isEqualTo(3);
    }

    @Test
    void theBudgetIsTheSumOfTheGroups() {
        allowance(3);
        String token = person();
        UUID group = UUID.randomUUID();
        world.api.database.execute(
                "INSERT INTO groups (id, organization_id, name, quota_allowance, created_at) VALUES ('"
                        + group + "', '" + world.api.organization() + "', 'g"
                        + group.toString().substring(0, 8)
                        + "', 5, now())");
        assertThat(quota(token).get("budget").asInt()).isEqualTo(3);
        String me =
                TestApi.json(world.api.get("/api/v2/users/me", token)).get("id").asString();
        world.api.database.execute("INSERT INTO group_members (group_id, organization_id, user_id, added_at) VALUES ('"
                + group + "', '" + world.api.organization() + "', '" + me + "', now())");
        assertThat(quota(token).get("budget").asInt()).isEqualTo(8);
        assertThat(TestApi.json(world.api.get(
                                "/api/v2/organizations/" + world.api.organization() + "/members/me/workspace-quota",
                                token))
                        .get("budget")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void buildsAtTheSameTimeCannotBeatTheQuota() throws Exception {
        allowance(9);
        String token = person();
        var together = new CountDownLatch(2);
        world.engine.behave((order, log, cancellation) -> {
            together.countDown();
            boolean unused = together.await(1, TimeUnit.SECONDS);
            return FakeEngine.succeed(order, log, cancellation);
        });
        var ids = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            ids.add(create(token, dear, "many-" + i));
        }
        int running = 0;
        for (String id : ids) {
            JsonNode ended = TestWorkspaces.until(
                    () -> world.workspace(token, id),
                    node -> List.of("running", "failed")
                            .contains(node.at("/latest_build/status").asString()));
            running += ended.at("/latest_build/status").asString().equals("running") ? 1 : 0;
        }
        assertThat(running).isEqualTo(2);
        assertThat(quota(token).get("credits_consumed").asInt()).isEqualTo(8);
    }

    @Test
    void nobodySeesTheQuotaOfWhoTheyCannotSee() {
        String token = person();
        String outsider = world.api.outsider("o" + UUID.randomUUID().toString().substring(0, 8));
        String me =
                TestApi.json(world.api.get("/api/v2/users/me", token)).get("id").asString();
        String in = "/api/v2/organizations/" + world.api.organization() + "/members/";
        assertThat(world.api.get(in + me + "/workspace-quota", outsider).statusCode())
                .isEqualTo(404);
        assertThat(world.api.get("/api/v2/workspace-quota/" + me, outsider).statusCode())
                .isEqualTo(404);
        assertThat(world.api
                        .get(in + me + "/workspace-quota", world.api.owner())
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api
                        .get(in + UUID.randomUUID() + "/workspace-quota", world.api.owner())
                        .statusCode())
                .isEqualTo(404);
    }
}
