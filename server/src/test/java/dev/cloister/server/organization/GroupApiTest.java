package dev.cloister.server.organization;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class GroupApiTest {
    private static TestApi api;
    private static String ada;
    private static String bob;
    private static String outsider;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
        ada = api.person("ada");
        bob = api.person("bob");
        outsider = api.outsider("outsider");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String base() {
        return "/api/v2/organizations/" + api.organization() + "/groups";
    }

    private static JsonNode group(String name) {
        var created = api.send("POST", base(), api.owner(), Map.of("name", name, "quota_allowance", 5));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created);
    }

    private static String path(JsonNode group) {
        return "/api/v2/groups/" + group.get("id").asString();
    }

    private static String id(String token) {
        return json(api.get("/api/v2/users/me", token)).get("id").asString();
    }

    @Test
    void aGroupHasMembersAndAnAllowance() {
        JsonNode group = group("builders");
        assertThat(group.get("quota_allowance").asInt()).isEqualTo(5);
        assertThat(group.get("source").asString()).isEqualTo("user");
        assertThat(group.get("organization_name").asString()).isEqualTo("default");
        assertThat(group.get("members")).isEmpty();

        var changed = api.send(
                "PATCH", path(group), api.owner(), Map.of("add_users", List.of(id(ada), id(bob)), "display_name", "B"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).get("total_member_count").asInt()).isEqualTo(2);
        assertThat(json(changed).get("display_name").asString()).isEqualTo("B");

        var removed = api.send("PATCH", path(group), api.owner(), Map.of("remove_users", List.of(id(bob))));
        assertThat(json(removed).get("members")).hasSize(1);
        assertThat(json(removed).get("members").get(0).get("username").asString())
                .isEqualTo("ada");
        var log = json(api.get("/api/v2/audit?q=resource_type:group%20action:write", api.owner()));
        assertThat(log.get("audit_logs").get(0).get("diff").get("members").toString())
                .contains("bob");
    }

    @Test
    void theGroupOfEveryoneIsTheOrganization() {
        var everyone = json(api.get(base() + "/Everyone", api.owner()));

        assertThat(everyone.get("id").asString()).isEqualTo(api.organization());
        assertThat(everyone.get("members").toString()).contains("ada").contains("bob");
        assertThat(api.send("DELETE", path(everyone), api.owner(), null).statusCode())
                .isEqualTo(400);
        assertThat(api.send("PATCH", path(everyone), api.owner(), Map.of("name", "all"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("PATCH", path(everyone), api.owner(), Map.of("remove_users", List.of(id(ada))))
                        .statusCode())
                .isEqualTo(400);
        var quota = api.send("PATCH", path(everyone), api.owner(), Map.of("quota_allowance", 7));
        assertThat(json(quota).get("quota_allowance").asInt()).isEqualTo(7);
    }

    @Test
    void badInputChangesNothing() {
        JsonNode group = group("careful");
        for (Map<String, Object> body : List.<Map<String, Object>>of(
                Map.of("add_users", List.of("not-an-id")),
                Map.of("add_users", List.of(UUID.randomUUID().toString())),
                Map.of("add_users", List.of(id(outsider))),
                Map.of("quota_allowance", -1),
                Map.of("name", "Everyone"),
                Map.of("name", "x".repeat(37)),
                Map.of("display_name", "x".repeat(65)),
                Map.of("avatar_url", "javascript:alert(1)"))) {
            var refused = api.send("PATCH", path(group), api.owner(), body);
            assertThat(refused.statusCode()).as(body.toString()).isEqualTo(400);
        }
        assertThat(json(api.get(path(group), api.owner())).get("name").asString())
                .isEqualTo("careful");
        assertThat(api.send("POST", base(), api.owner(), Map.of("name", "Careful"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(api.send("POST", base(), api.owner(), Map.of("name", "everyone"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aMemberSeesGroupsButNotWhoElseIsInThem() {
        JsonNode group = group("secretive");
        api.send("PATCH", path(group), api.owner(), Map.of("add_users", List.of(id(ada), id(bob))));

        var seen = json(api.get(path(group), ada));
        assertThat(seen.get("members")).hasSize(1);
        assertThat(seen.get("total_member_count").asInt()).isEqualTo(2);
        assertThat(json(api.get(path(group) + "/members", ada)).get("count").asInt())
                .isEqualTo(1);
        assertThat(json(api.get("/api/v2/groups?has_member=bob", ada)).toString())
                .doesNotContain("secretive");
        assertThat(json(api.get("/api/v2/groups?has_member=bob", api.owner())).toString())
                .contains("secretive");
        assertThat(api.send("PATCH", path(group), ada, Map.of("name", "mine")).statusCode())
                .isEqualTo(403);
        assertThat(api.send("DELETE", path(group), ada, null).statusCode()).isEqualTo(403);
        assertThat(api.send("POST", base(), ada, Map.of("name", "mine")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void anOutsiderCannotTellAForeignGroupFromNone() {
        JsonNode group = group("foreign");
        var foreign = api.get(path(group), outsider);
        var none = api.get("/api/v2/groups/" + UUID.randomUUID(), outsider);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(none.body());
        for (String method : List.of("PATCH", "DELETE")) {
            assertThat(api.send(method, path(group), outsider, Map.of()).statusCode())
                    .isIn(403, 404)
                    .isEqualTo(api.send(method, "/api/v2/groups/" + UUID.randomUUID(), outsider, Map.of())
                            .statusCode());
        }
        assertThat(api.get("/api/v2/groups?organization=default", outsider).body())
                .isEqualTo(
                        api.get("/api/v2/groups?organization=no-such", outsider).body())
                .isEqualTo("[]");
    }

    @Test
    void listsAreFiltered() {
        JsonNode one = group("filter-one");
        JsonNode two = group("filter-two");
        api.send("PATCH", path(one), api.owner(), Map.of("add_users", List.of(id(ada))));

        assertThat(json(api.get(
                        "/api/v2/groups?group_ids=" + one.get("id").asString() + ","
                                + two.get("id").asString(),
                        api.owner())))
                .hasSize(2);
        var adas = json(api.get("/api/v2/groups?has_member=ada&organization=default", api.owner()));
        assertThat(adas.toString()).contains("filter-one").contains("Everyone").doesNotContain("filter-two");
        assertThat(api.get("/api/v2/groups?group_ids=x", api.owner()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatAGroupHasIsItsMembersAtOnce() {
        JsonNode group = group("readers");
        var files = "SELECT id FROM users WHERE username = 'admin'";
        UUID job = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        UUID template = UUID.randomUUID();
        UUID file = UUID.randomUUID();
        api.database.execute("INSERT INTO files (id, hash, created_by, media_type, data, created_at) VALUES ('" + file
                + "', sha256('f'), (" + files + "), 'application/x-tar', 'f', now())");
        api.database.execute("INSERT INTO provisioner_jobs (id, organization_id, initiator_id, type, provisioner,"
                + " file_id, input, created_at) VALUES ('" + job + "', '" + api.organization() + "', (" + files
                + "), 'template_version_import', 'cloister', '" + file + "', '{}', now())");
        api.database.execute("WITH v AS (INSERT INTO template_versions (id, organization_id, name, job_id, created_by,"
                + " created_at, updated_at) VALUES ('" + version + "', '" + api.organization() + "', 'v1', '" + job
                + "', (" + files + "), now(), now())) INSERT INTO templates (id, organization_id, name, provisioner,"
                + " active_version_id, created_by, group_acl, created_at, updated_at) VALUES ('" + template + "', '"
                + api.organization() + "', 'shared', 'cloister', '" + version + "', (" + files + "), '{\""
                + group.get("id").asString() + "\": [\"read\", \"use\"]}', now(), now())");
        var check = Map.of(
                "checks",
                Map.of(
                        "use",
                        Map.of(
                                "action",
                                "use",
                                "object",
                                Map.of("resource_type", "template", "resource_id", template.toString()))));
        assertThat(json(api.send("POST", "/api/v2/authcheck", ada, check))
                        .get("use")
                        .asBoolean())
                .isFalse();

        api.send("PATCH", path(group), api.owner(), Map.of("add_users", List.of(id(ada))));
        assertThat(json(api.send("POST", "/api/v2/authcheck", ada, check))
                        .get("use")
                        .asBoolean())
                .isTrue();
        assertThat(json(api.send("POST", "/api/v2/authcheck", bob, check))
                        .get("use")
                        .asBoolean())
                .isFalse();

        api.send("DELETE", path(group), api.owner(), null);
        assertThat(json(api.send("POST", "/api/v2/authcheck", ada, check))
                        .get("use")
                        .asBoolean())
                .isFalse();
    }
}
