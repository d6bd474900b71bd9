package dev.cloister.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people and groups may do with a template. */
class TemplateAclTest {
    private static TestWorkspaces world;
    private static String member;
    private static String outsider;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String closed(String name) {
        String template = world.template(name, TestWorkspaces.PLAIN + "# " + name);
        give(template, "group_perms", world.api.organization(), "");
        return template;
    }

    private static HttpResponse<String> give(String template, String field, String id, String role) {
        return world.api.send("PATCH", path(template) + "/acl", world.api.owner(), Map.of(field, Map.of(id, role)));
    }

    private static String path(String template) {
        return "/api/v2/templates/" + template;
    }

    private static String id(String token) {
        return TestApi.json(world.api.get("/api/v2/users/me", token)).get("id").asString();
    }

    private static JsonNode acl(String template) {
        return TestApi.json(world.api.get(path(template) + "/acl", world.api.owner()));
    }

    private static String group(String name, String... usernames) {
        String id = UUID.randomUUID().toString();
        String organization = world.api.organization();
        world.api.database.execute("INSERT INTO groups (id, organization_id, name, created_at) VALUES ('" + id + "', '"
                + organization + "', '" + name + "', now())");
        for (String username : usernames) {
            world.api.database.execute(
                    "INSERT INTO group_members (group_id, organization_id, user_id, added_at) SELECT '" + id + "', '"
                            + organization + "', id, now() FROM users WHERE username = '" + username + "'");
        }
        return id;
    }

    @Test
    void aNewTemplateIsGivenToEverybodyInItsOrganization() {
        String template = world.template("open", TestWorkspaces.PLAIN + "# open");
        JsonNode acl = acl(template);
        assertThat(acl.get("users")).isEmpty();
        assertThat(acl.at("/group/0/id").asString()).isEqualTo(world.api.organization());
        assertThat(acl.at("/group/0/name").asString()).isEqualTo("Everyone");
        assertThat(acl.at("/group/0/role").asString()).isEqualTo("use");
        assertThat(acl.at("/group/0/total_member_count").asInt()).isPositive();
        assertThat(acl.at("/group/0/members").findValuesAsString("username")).contains("admin", "mara");
    }

    @Test
    void aPersonIsGivenATemplateAndItIsTakenBackAtOnce() {
        String template = closed("personal");
        assertThat(world.api.get(path(template), member).statusCode()).isEqualTo(404);
        assertThat(give(template, "user_perms", id(member), "use").statusCode()).isEqualTo(200);
        assertThat(world.api.get(path(template), member).statusCode()).isEqualTo(200);
        assertThat(world.api
                        .get("/api/v2/templates?q=exact_name:personal", member)
                        .body())
                .contains(template);
        assertThat(acl(template).at("/users/0/username").asString()).isEqualTo("mara");
        assertThat(acl(template).at("/users/0/role").asString()).isEqualTo("use");
        assertThat(world.api.get(path(template) + "/acl", member).statusCode()).isEqualTo(403);
        world.running(member, template, "with-grant");
        give(template, "user_perms", id(member), "");
        assertThat(world.api.get(path(template), member).statusCode()).isEqualTo(404);
        assertThat(world.api
                        .send(
                                "POST",
                                "/api/v2/users/me/workspaces",
                                member,
                                Map.of("template_id", template, "name", "without-grant"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(acl(template).get("users")).isEmpty();
    }

    @Test
    void aGroupIsGivenATemplateAndAnAdminOfItMayChangeAndShareIt() {
        String nora = world.api.person("nora");
        String template = closed("grouped");
        String group = group("builders", "nora");
        give(template, "group_perms", group, "admin");
        assertThat(acl(template).get("group").findValuesAsString("role")).containsExactly("admin");
        assertThat(world.api
                        .send("PATCH", path(template), nora, Map.of("description", "Ours."))
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api
                        .send("PATCH", path(template) + "/acl", nora, Map.of("user_perms", Map.of(id(member), "use")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(world.api.get(path(template), member).statusCode()).isEqualTo(200);
        world.api.database.execute("DELETE FROM group_members WHERE group_id = '" + group + "'");
        assertThat(world.api
                        .get(path(template), world.api.login("nora@example.com"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsGivenIsOnTheAuditLog() {
        String template = world.template("logged", TestWorkspaces.PLAIN + "# logged");
        give(template, "user_perms", id(member), "use");
        var log = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + template, world.api.owner()));
        assertThat(log.at("/audit_logs/0/diff/user_acl/new").toString()).contains(id(member), "use");
        // Giving the same again changes nothing and says nothing.
        give(template, "user_perms", id(member), "use");
        var same = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + template, world.api.owner()));
        assertThat(same.get("count")).isEqualTo(log.get("count"));
    }

    @Test
    void nothingIsGivenToStrangersAndBadRequestsChangeNothing() {
        String template = closed("strict");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("user_perms", Map.of(id(outsider), "use")),
                Map.of("user_perms", Map.of(UUID.randomUUID().toString(), "use")),
                Map.of("group_perms", Map.of(UUID.randomUUID().toString(), "admin")),
                Map.of("user_perms", Map.of("mara", "use")),
                Map.of("user_perms", Map.of(id(member), "owner")),
                Map.of("user_perms", List.of(id(member))))) {
            assertThat(world.api
                            .send("PATCH", path(template) + "/acl", world.api.owner(), wrong)
                            .statusCode())
                    .as(wrong.toString())
                    .isEqualTo(400);
        }
        // Whether somebody exists elsewhere is not told.
        assertThat(give(template, "user_perms", id(outsider), "use").body().replace(id(outsider), "ID"))
                .isEqualTo(give(template, "user_perms", "00000000-0000-0000-0000-00000000000a", "use")
                        .body()
                        .replace("00000000-0000-0000-0000-00000000000a", "ID"));
        assertThat(acl(template).get("users")).isEmpty();
        for (String part : List.of("/acl", "/acl/available")) {
            var foreign = world.api.get(path(template) + part, outsider);
            var missing = world.api.get(path(UUID.randomUUID().toString()) + part, outsider);
            assertThat(foreign.statusCode()).as(part).isEqualTo(404);
            assertThat(foreign.body()).isEqualTo(missing.body());
        }
        assertThat(world.api
                        .send("PATCH", path(template) + "/acl", outsider, Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void membersAndGroupsOfTheOrganizationCanBeChosen() {
        String template = world.template("choosing", TestWorkspaces.PLAIN + "# choosing");
        group("painters", "mara");
        String path = path(template) + "/acl/available";
        JsonNode all = TestApi.json(world.api.get(path, world.api.owner()));
        assertThat(all.get("users").findValuesAsString("username"))
                .contains("admin", "mara")
                .doesNotContain("otto");
        assertThat(all.get("groups").findValuesAsString("name")).contains("Everyone", "painters");
        JsonNode some = TestApi.json(world.api.get(path + "?q=paint", world.api.owner()));
        assertThat(some.get("users")).isEmpty();
        assertThat(some.at("/groups/0/members/0/username").asString()).isEqualTo("mara");
        assertThat(TestApi.json(world.api.get(path + "?limit=1", world.api.owner()))
                        .get("users"))
                .hasSize(1);
        assertThat(TestApi.json(world.api.get(path + "?q=%25", world.api.owner()))
                        .get("users"))
                .isEmpty();
    }
}
