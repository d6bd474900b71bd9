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

class OrganizationApiTest {
    private static final String BASE = "/api/v2/organizations";
    private static TestApi api;
    private static String member;
    private static String outsider;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
        member = api.person("member");
        outsider = api.outsider("outsider");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static JsonNode created(String name) {
        var response = api.send("POST", BASE, api.owner(), Map.of("name", name));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response);
    }

    private static String here() {
        return BASE + "/" + api.organization();
    }

    private static String id(String token) {
        return json(api.get("/api/v2/users/me", token)).get("id").asString();
    }

    @Test
    void whoeverCreatesAnOrganizationIsItsFirstMember() {
        JsonNode organization = created("research");

        assertThat(organization.get("display_name").asString()).isEqualTo("research");
        assertThat(organization.get("is_default").asBoolean()).isFalse();
        assertThat(organization.get("default_org_member_roles").get(0).asString())
                .isEqualTo("organization-workspace-access");
        var members = json(api.get(BASE + "/research/members", api.owner()));
        assertThat(members).hasSize(1);
        assertThat(members.get(0).get("username").asString()).isEqualTo("admin");
        assertThat(json(api.get(BASE + "/research/groups/Everyone", api.owner()))
                        .get("id"))
                .isEqualTo(organization.get("id"));
        assertThat(json(api.get("/api/v2/audit?q=resource_type:organization%20action:create", api.owner()))
                        .toString())
                .contains("research");
    }

    @Test
    void namesAreCheckedAndTakenOnce() {
        created("taken");

        assertThat(api.send("POST", BASE, api.owner(), Map.of("name", "Taken")).statusCode())
                .isEqualTo(409);
        for (String name : List.of("", "default", "with space", "x".repeat(37), "-a")) {
            var refused = api.send("POST", BASE, api.owner(), Map.of("name", name));
            assertThat(refused.statusCode()).as(name).isEqualTo(400);
            assertThat(json(refused).get("validations").get(0).get("field").asString())
                    .isEqualTo("name");
        }
        var icon = api.send("POST", BASE, api.owner(), Map.of("name", "icons", "icon", "javascript:alert(1)"));
        assertThat(icon.statusCode()).isEqualTo(400);
    }

    @Test
    void aMemberCannotCreateChangeOrDeleteAnOrganization() {
        assertThat(api.send("POST", BASE, member, Map.of("name", "mine")).statusCode())
                .isEqualTo(403);
        assertThat(api.send("PATCH", here(), member, Map.of("name", "mine")).statusCode())
                .isEqualTo(403);
        assertThat(api.send("DELETE", here(), member, null).statusCode()).isEqualTo(403);
    }

    @Test
    void anOutsiderCannotTellAnOrganizationFromNone() {
        for (String path : List.of(
                "",
                "/members",
                "/paginated-members",
                "/members/" + id(api.owner()),
                "/settings/workspace-sharing",
                "/members/roles",
                "/groups/Everyone",
                "/groups")) {
            var foreign = api.get(here() + path, outsider);
            var none = api.get(BASE + "/" + UUID.randomUUID() + path, outsider);
            assertThat(foreign.statusCode()).as(path).isEqualTo(404);
            assertThat(foreign.body()).as(path).isEqualTo(none.body());
        }
    }

    @Test
    void theDefaultOrganizationCannotBeDeleted() {
        var refused = api.send("DELETE", here(), api.owner(), null);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("message").asString()).contains("Default organization");
    }

    @Test
    void anOrganizationIsDeletedOnlyWhenItIsEmpty() {
        created("short-lived");
        String path = BASE + "/short-lived";
        api.send("POST", path + "/members/" + id(member), api.owner(), null);
        api.send("POST", path + "/groups", api.owner(), Map.of("name", "team"));

        var refused = api.send("DELETE", path, api.owner(), null);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(json(refused).get("detail").asString()).contains("1 group").contains("1 other member");

        api.send("DELETE", path + "/members/" + id(member), api.owner(), null);
        String group =
                json(api.get(path + "/groups/team", api.owner())).get("id").asString();
        api.send("DELETE", "/api/v2/groups/" + group, api.owner(), null);
        assertThat(api.send("DELETE", path, api.owner(), null).statusCode()).isEqualTo(200);
        assertThat(api.get(path, api.owner()).statusCode()).isEqualTo(404);
        created("short-lived");
    }

    @Test
    void anOrganizationIsChangedByItsAdministratorAlone() {
        created("changing");
        String administrator = api.person("changer");
        String path = BASE + "/changing";
        api.send("POST", path + "/members/changer", api.owner(), null);
        var given = api.send(
                "PUT", path + "/members/changer/roles", api.owner(), Map.of("roles", List.of("organization-admin")));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);

        var changed = api.send("PATCH", path, administrator, Map.of("display_name", "Changed", "description", "new"));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).get("display_name").asString()).isEqualTo("Changed");
        assertThat(json(changed).get("name").asString()).isEqualTo("changing");
        assertThat(api.send("PATCH", here(), administrator, Map.of("display_name", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void peopleJoinAndLeaveAndTheirRightsWithThem() {
        created("joining");
        String path = BASE + "/joining";
        String person = api.person("joiner");
        assertThat(api.get(path, person).statusCode()).isEqualTo(404);

        var joined = api.send("POST", path + "/members/joiner", api.owner(), null);
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(200);
        assertThat(json(joined).get("roles")).isEmpty();
        assertThat(api.get(path, person).statusCode()).isEqualTo(200);
        assertThat(api.send("POST", path + "/members/joiner", api.owner(), null).statusCode())
                .isEqualTo(400);
        assertThat(api.send("POST", path + "/members/nobody-of-that-name", api.owner(), null)
                        .statusCode())
                .isEqualTo(404);

        assertThat(api.send("DELETE", path + "/members/joiner", api.owner(), null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(api.get(path, person).statusCode()).isEqualTo(404);
        assertThat(api.send("DELETE", path + "/members/joiner", api.owner(), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.send("DELETE", path + "/members/me", api.owner(), null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void membersAreSearchedAndPaged() {
        created("many");
        String path = BASE + "/many";
        for (String name : List.of("many-a", "many-b", "many-c")) {
            api.person(name);
            api.send("POST", path + "/members/" + name, api.owner(), null);
        }

        var page = json(api.get(path + "/paginated-members?q=many-&limit=2&offset=1", api.owner()));
        assertThat(page.get("count").asInt()).isEqualTo(3);
        assertThat(page.get("members")).hasSize(2);
        assertThat(page.get("members").get(0).get("username").asString()).isEqualTo("many-b");
        assertThat(page.get("members").get(0).get("email").asString()).isEqualTo("many-b@example.com");
        String first = page.get("members").get(0).get("user_id").asString();
        var after = json(api.get(path + "/paginated-members?q=many-&after_id=" + first, api.owner()));
        assertThat(after.get("members").get(0).get("username").asString()).isEqualTo("many-c");

        assertThat(api.get(path + "/paginated-members?q=colour:red", api.owner())
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.get(path + "/paginated-members?q=status:asleep", api.owner())
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.get(path + "/paginated-members?limit=-1", api.owner()).statusCode())
                .isEqualTo(400);
        assertThat(api.get(path + "/paginated-members?after_id=x", api.owner()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void whereNothingIsSharedMembersSeeOnlyThemselves() {
        created("closed");
        String path = BASE + "/closed";
        api.send("POST", path + "/members/member", api.owner(), null);
        assertThat(json(api.get(path + "/members", member))).hasSize(2);

        var changed = api.send(
                "PATCH",
                path + "/settings/workspace-sharing",
                api.owner(),
                Map.of("shareable_workspace_owners", "none"));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(json(changed).get("sharing_disabled").asBoolean()).isTrue();

        assertThat(json(api.get(path + "/members", member))).hasSize(1);
        assertThat(json(api.get(path + "/paginated-members", member))
                        .get("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(api.get(path + "/members/admin", member).statusCode()).isEqualTo(404);
        assertThat(api.send(
                                "PATCH",
                                path + "/settings/workspace-sharing",
                                api.owner(),
                                "{\"shareable_workspace_owners\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void theRolesThatAllMembersHaveAreTheOrganizationsToDecide() {
        created("strict");
        String path = BASE + "/strict";
        api.send("POST", path + "/members/member", api.owner(), null);
        String organization = json(api.get(path, api.owner())).get("id").asString();
        var check = Map.of(
                "checks",
                Map.of(
                        "create",
                        Map.of(
                                "action",
                                "create",
                                "object",
                                Map.of(
                                        "resource_type",
                                        "workspace",
                                        "owner_id",
                                        "me",
                                        "organization_id",
                                        organization))));
        assertThat(json(api.send("POST", "/api/v2/authcheck", member, check))
                        .get("create")
                        .asBoolean())
                .isTrue();

        api.send("PATCH", path, api.owner(), Map.of("default_org_member_roles", List.of()));

        assertThat(json(api.send("POST", "/api/v2/authcheck", member, check))
                        .get("create")
                        .asBoolean())
                .isFalse();
        var unknown = api.send("PATCH", path, api.owner(), Map.of("default_org_member_roles", List.of("nonsense")));
        assertThat(unknown.statusCode()).isEqualTo(400);
    }
}
