package dev.cloister.server.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An organization's jobs and the workers that do them, over HTTP. */
class ProvisionerRoutesTest {
    private static final String ORGANIZATION = "/api/v2/organizations/default";

    private static TestWorkspaces world;
    private static String member;
    private static String outsider;
    private static String template;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
        template = world.template("plain", TestWorkspaces.PLAIN);
        world.running(member, template, "one");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode get(String path) {
        var response = world.api.get(ORGANIZATION + path, world.api.owner());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestApi.json(response);
    }

    @Test
    void jobsOfAllKindsAreListedWithWhatTheyAreFor() {
        JsonNode jobs = get("/provisionerjobs");
        assertThat(jobs.at("/0/type").asString()).isEqualTo("workspace_build");
        assertThat(jobs.at("/0/metadata/workspace_name").asString()).isEqualTo("one");
        assertThat(jobs.at("/0/metadata/template_name").asString()).isEqualTo("plain");
        assertThat(jobs.at("/0/metadata/workspace_build_transition").asString()).isEqualTo("start");
        assertThat(jobs.at("/0/worker_name").asString()).startsWith("embedded-");
        assertThat(jobs.at("/1/type").asString()).isEqualTo("template_version_import");
        String id = jobs.at("/1/id").asString();
        assertThat(get("/provisionerjobs/" + id).at("/metadata/template_name").asString())
                .isEqualTo("plain");
    }

    @Test
    void jobsAreFilteredByEveryParameter() {
        String id = get("/provisionerjobs?limit=1").at("/0/id").asString();
        assertThat(get("/provisionerjobs?limit=1")).hasSize(1);
        assertThat(get("/provisionerjobs?ids=" + id).findValuesAsString("id")).contains(id);
        assertThat(get("/provisionerjobs?status=succeeded")).isNotEmpty();
        assertThat(get("/provisionerjobs?status=failed,canceled")).isEmpty();
        assertThat(get("/provisionerjobs?initiator=mara")).hasSize(1);
        assertThat(get("/provisionerjobs?initiator=me")).hasSize(1);
        assertThat(get("/provisionerjobs?tags=%7B%22scope%22:%22organization%22%7D"))
                .isNotEmpty();
        assertThat(get("/provisionerjobs?tags=%7B%22scope%22:%22user%22%7D")).isEmpty();
        for (String wrong : List.of("ids=x", "status=done", "tags=x", "limit=0", "limit=x", "tags=%5B%5D")) {
            assertThat(world.api
                            .get(ORGANIZATION + "/provisionerjobs?" + wrong, world.api.owner())
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void jobsAreForWhoRunsTheOrganizationsTemplates() {
        String id = get("/provisionerjobs?limit=1").at("/0/id").asString();
        assertThat(world.api.get(ORGANIZATION + "/provisionerjobs", member).statusCode())
                .isEqualTo(404);
        assertThat(world.api
                        .get(ORGANIZATION + "/provisionerjobs/" + id, member)
                        .statusCode())
                .isEqualTo(404);
        var missing = world.api.get(ORGANIZATION + "/provisionerjobs/" + UUID.randomUUID(), world.api.owner());
        assertThat(missing.statusCode()).isEqualTo(404);
        String admin = world.api.outsider("ada");
        world.api.database.execute("UPDATE organization_members SET roles = '{organization-admin}'"
                + " WHERE user_id = (SELECT id FROM users WHERE username = 'ada')");
        assertThat(world.api.get(ORGANIZATION + "/provisionerjobs", admin).statusCode())
                .isEqualTo(404);
        assertThat(world.api
                        .get("/api/v2/organizations/org-ada/provisionerjobs", admin)
                        .body())
                .isEqualTo("[]");
        assertThat(world.api
                        .get("/api/v2/organizations/org-ada/provisionerjobs/" + id, admin)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theWorkersInsideTheServerAreShown() {
        JsonNode daemons = get("/provisionerdaemons");
        assertThat(daemons).hasSize(TestWorkspaces.QUICK.workers());
        assertThat(daemons.at("/0/name").asString()).startsWith("embedded-");
        assertThat(daemons.at("/0/status").asString()).isIn("idle", "busy");
        assertThat(daemons.at("/0/version").asString()).isEqualTo("0.0.0-test");
        assertThat(daemons.at("/0/tags/scope").asString()).isEqualTo("organization");
        assertThat(daemons.at("/0/key_name").asString()).isEqualTo("built-in");
        assertThat(daemons.findValues("previous_job")).anyMatch(job -> !job.isNull());
        assertThat(get("/provisionerdaemons?status=offline").findValuesAsString("name"))
                .doesNotContain(daemons.at("/0/name").asString());
        assertThat(get("/provisionerdaemons?ids=" + daemons.at("/0/id").asString()))
                .hasSize(1);
        assertThat(get("/provisionerdaemons?tags=%7B%22gpu%22:%22yes%22%7D")).isEmpty();
        // A member sees that there are workers, not what they work on.
        JsonNode seen = TestApi.json(world.api.get(ORGANIZATION + "/provisionerdaemons", member));
        assertThat(seen).hasSize(TestWorkspaces.QUICK.workers());
        assertThat(seen.findValues("previous_job")).allMatch(JsonNode::isNull);
        assertThat(world.api.get(ORGANIZATION + "/provisionerdaemons", outsider).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aWorkerThatGivesNoSignOfLifeIsOffline() {
        world.api.database.execute(
                "INSERT INTO provisioner_daemons (id, name, version, created_at, last_seen_at) VALUES ('"
                        + UUID.randomUUID() + "', 'lost', '1', now(), now() - interval '1 hour')");
        assertThat(get("/provisionerdaemons").findValuesAsString("name")).doesNotContain("lost");
        assertThat(get("/provisionerdaemons?offline=true").findValuesAsString("name"))
                .contains("lost");
        assertThat(get("/provisionerdaemons?status=offline").at("/0/status").asString())
                .isEqualTo("offline");
    }

    @Test
    void keysForProvisionersAreNotOfferedYetAndSaySo() {
        for (String path : List.of("/provisionerkeys", "/provisionerkeys/daemons", "/provisionerdaemons/serve")) {
            var answer = world.api.get(ORGANIZATION + path, world.api.owner());
            assertThat(answer.statusCode()).as(path).isEqualTo(501);
            assertThat(answer.body()).contains("not offered yet");
        }
        assertThat(world.api
                        .send("POST", ORGANIZATION + "/provisionerkeys", world.api.owner(), Map.of("name", "x"))
                        .statusCode())
                .isEqualTo(501);
        assertThat(world.api.get("/api/v2/init-script/linux/amd64", "").statusCode())
                .isEqualTo(501);
        assertThat(world.api.get("/api/v2/init-script/plan9/mips", "").statusCode())
                .isEqualTo(404);
    }
}
