package dev.cloister.server.identity;

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

class EffectivePermissionApiTest {
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

    private static JsonNode explained(String token, String user, String type) {
        var response = api.get("/api/v2/users/" + user + "/effective-permissions?resource_type=" + type, token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static JsonNode at(JsonNode explained, String level) {
        for (JsonNode right : explained.get("permissions")) {
            if (right.get("level").asString().equals(level)) {
                return right;
            }
        }
        throw new AssertionError("nothing at " + level + " in " + explained);
    }

    @Test
    void aRightNamesTheRoleThatItComesFrom() {
        JsonNode mine = at(explained(member, "me", "workspace"), "organization_member");

        assertThat(mine.get("allowed").toString()).contains("ssh");
        assertThat(mine.get("sources").toString()).contains("organization-workspace-access");
        assertThat(mine.get("organization_id").asString()).isEqualTo(api.organization());
    }

    @Test
    void aDenialNamesTheRoleThatItComesFromAndTakesTheRightAway() {
        String organization = "/api/v2/organizations/" + api.organization() + "/members";
        api.person("banned");
        api.send(
                "POST",
                organization + "/roles",
                api.owner(),
                Map.of(
                        "name",
                        "no-shell",
                        "organization_permissions",
                        List.of(Map.of("resource_type", "workspace", "action", "ssh", "negate", true))));
        api.send("PUT", organization + "/banned/roles", api.owner(), Map.of("roles", List.of("no-shell")));

        JsonNode mine = at(explained(api.owner(), "banned", "workspace"), "organization_member");

        assertThat(mine.get("allowed").toString()).contains("start").doesNotContain("ssh");
        assertThat(mine.get("sources").toString()).contains("no-shell");
    }

    @Test
    void othersRightsAreForAdministrators() {
        api.person("useradmin");
        api.send("PUT", "/api/v2/users/useradmin/roles", api.owner(), Map.of("roles", List.of("user-admin")));
        String administrator = api.login("useradmin@example.com");

        explained(administrator, "member", "user");
        assertThat(api.get("/api/v2/users/admin/effective-permissions", member).statusCode())
                .isEqualTo(404);
        assertThat(api.get("/api/v2/users/admin/effective-permissions", outsider)
                        .body())
                .isEqualTo(api.get("/api/v2/users/" + UUID.randomUUID() + "/effective-permissions", outsider)
                        .body());
        assertThat(api.get("/api/v2/users/me/effective-permissions?resource_type=x", member)
                        .statusCode())
                .isEqualTo(400);
    }
}
