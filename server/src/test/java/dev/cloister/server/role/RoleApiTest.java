package dev.cloister.server.role;

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

class RoleApiTest {
    private static final String SITE = "/api/v2/users/roles";
    private static TestApi api;
    private static String administrator;
    private static String userAdministrator;
    private static String member;
    private static String outsider;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
        administrator = api.person("orgadmin");
        userAdministrator = api.person("orguseradmin");
        member = api.person("member");
        outsider = api.outsider("outsider");
        give("orgadmin", api.owner(), "organization-admin");
        give("orguseradmin", api.owner(), "organization-user-admin");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String base() {
        return "/api/v2/organizations/" + api.organization() + "/members";
    }

    private static int give(String person, String by, String... roles) {
        return api.send("PUT", base() + "/" + person + "/roles", by, Map.of("roles", List.of(roles)))
                .statusCode();
    }

    private static Map<String, Object> permission(String type, String action, boolean negate) {
        return Map.of("resource_type", type, "action", action, "negate", negate);
    }

    private static Map<String, Object> role(String name, Map<String, Object> permission) {
        return Map.of("name", name, "display_name", name, "organization_permissions", List.of(permission));
    }

    private static boolean may(String token, String action, String type, String owner) {
        var object = Map.of("resource_type", type, "organization_id", api.organization(), "owner_id", owner);
        var checks = Map.of("checks", Map.of("it", Map.of("action", action, "object", object)));
        return json(api.send("POST", "/api/v2/authcheck", token, checks))
                .get("it")
                .asBoolean();
    }

    private static boolean assignable(String token, String path, String name) {
        for (JsonNode role : json(api.get(path, token))) {
            if (role.get("name").asString().equals(name)) {
                return role.get("assignable").asBoolean();
            }
        }
        throw new AssertionError("no role " + name);
    }

    @Test
    void aRoleGivesWhatIsInItFromTheNextRequestOn() {
        String person = api.person("gives");
        var created = api.send(
                "POST", base() + "/roles", administrator, role("log-reader", permission("audit_log", "read", false)));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        assertThat(json(created).get("organization_id").asString()).isEqualTo(api.organization());
        assertThat(json(created).get("site_permissions")).isEmpty();
        assertThat(may(person, "read", "audit_log", "")).isFalse();

        assertThat(give("gives", administrator, "log-reader")).isEqualTo(200);
        assertThat(may(person, "read", "audit_log", "")).isTrue();

        assertThat(api.send("DELETE", base() + "/roles/log-reader", administrator, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(may(person, "read", "audit_log", "")).isFalse();
        assertThat(json(api.get("/api/v2/audit?q=resource_type:custom_role", api.owner()))
                        .toString())
                .contains("log-reader");
    }

    @Test
    void aNegativePermissionTakesAwayWhatOtherRolesGive() {
        String person = api.person("denied");
        assertThat(may(person, "ssh", "workspace", "me")).isTrue();
        var created = api.send(
                "POST", base() + "/roles", administrator, role("no-shell", permission("workspace", "ssh", true)));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);

        give("denied", administrator, "no-shell");

        assertThat(may(person, "ssh", "workspace", "me")).isFalse();
        assertThat(may(person, "start", "workspace", "me")).isTrue();
    }

    @Test
    void nobodyMakesARoleAboveTheirOwnRights() {
        var shell = api.send(
                "POST", base() + "/roles", administrator, role("shell", permission("workspace", "ssh", false)));
        assertThat(shell.statusCode()).isEqualTo(403);
        assertThat(json(shell).get("detail").asString()).contains("workspace:ssh");
        var all = api.send("POST", base() + "/roles", administrator, role("all", permission("*", "*", false)));
        assertThat(all.statusCode()).isIn(400, 403);

        api.send("POST", base() + "/roles", administrator, role("grows", permission("audit_log", "read", false)));
        var grown =
                api.send("PUT", base() + "/roles", administrator, role("grows", permission("workspace", "ssh", false)));
        assertThat(grown.statusCode()).isEqualTo(403);
        assertThat(api.send("POST", base() + "/roles", userAdministrator, role("x", permission("group", "read", false)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.send("POST", base() + "/roles", member, role("x", permission("group", "read", false)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void nobodyGivesARoleAboveTheirOwnRights() {
        api.person("target");
        api.send("POST", base() + "/roles", administrator, role("auditing", permission("audit_log", "read", false)));
        api.send("POST", base() + "/roles", administrator, role("banned", permission("workspace", "start", true)));

        assertThat(give("target", userAdministrator, "auditing")).isEqualTo(403);
        assertThat(give("target", userAdministrator, "organization-admin")).isEqualTo(403);
        assertThat(give("target", userAdministrator, "banned")).isEqualTo(403);
        assertThat(give("target", userAdministrator, "agents-access")).isEqualTo(200);
        assertThat(give("target", administrator, "banned", "agents-access")).isEqualTo(200);
        // Taking a denial away gives rights.
        assertThat(give("target", userAdministrator, "agents-access")).isEqualTo(403);
        assertThat(give("target", member, "agents-access")).isEqualTo(403);
        assertThat(give("orgadmin", administrator, "agents-access")).isEqualTo(400);
    }

    @Test
    void theRightToMakeRolesIsNoRightToEverything() {
        String maker = api.person("maker");
        var making = Map.of(
                "name",
                "role-maker",
                "organization_permissions",
                List.of(permission("assign_org_role", "*", false), permission("organization_member", "*", false)));
        assertThat(api.send("POST", base() + "/roles", administrator, making).statusCode())
                .isEqualTo(200);
        give("maker", administrator, "role-maker");

        assertThat(api.send("POST", base() + "/roles", maker, role("boss", permission("template", "delete", false)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(give("member", maker, "organization-admin")).isEqualTo(403);
        var own = Map.of("name", "role-maker", "organization_permissions", List.of());
        assertThat(api.send("PUT", base() + "/roles", maker, own).statusCode()).isEqualTo(403);
        assertThat(api.send("DELETE", base() + "/roles/role-maker", maker, null).statusCode())
                .isEqualTo(403);
    }

    @Test
    void theSiteHasRolesOfItsOwnToo() {
        String person = api.person("sited");
        var role = Map.of(
                "name",
                "site-reader",
                "site_permissions",
                List.of(permission("organization", "read", false), permission("connection_log", "read", false)));
        var created = api.send("POST", SITE, api.owner(), role);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
        assertThat(json(created).has("organization_id")).isFalse();
        assertThat(api.send("POST", SITE, administrator, role).statusCode()).isEqualTo(403);

        var given = api.send("PUT", "/api/v2/users/sited/roles", api.owner(), Map.of("roles", List.of("site-reader")));
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(given.body()).contains("site-reader");
        assertThat(may(person, "read", "connection_log", "")).isTrue();

        var denying =
                Map.of("name", "site-reader", "site_permissions", List.of(permission("workspace", "create", true)));
        assertThat(api.send("PUT", SITE, api.owner(), denying).statusCode()).isEqualTo(200);
        assertThat(may(person, "create", "workspace", "me")).isFalse();
        assertThat(may(person, "read", "connection_log", "")).isFalse();

        assertThat(api.send("DELETE", SITE + "/site-reader", api.owner(), null).statusCode())
                .isEqualTo(204);
        assertThat(may(person, "create", "workspace", "me")).isTrue();
    }

    @Test
    void requestsAreChecked() {
        for (var body : List.of(
                role("owner", permission("group", "read", false)),
                role("Organization-Admin", permission("group", "read", false)),
                role("with space", permission("group", "read", false)),
                role("", permission("group", "read", false)),
                role("x".repeat(33), permission("group", "read", false)),
                role("ok", permission("nonsense", "read", false)),
                role("ok", permission("group", "ssh", false)),
                Map.<String, Object>of("name", "ok", "site_permissions", List.of(permission("user", "read", false))),
                Map.<String, Object>of("name", "ok", "user_permissions", List.of(permission("user", "read", false))))) {
            var refused = api.send("POST", base() + "/roles", api.owner(), body);
            assertThat(refused.statusCode()).as(body.toString()).isEqualTo(400);
        }
        assertThat(api.send("PUT", base() + "/roles", api.owner(), role("none", permission("group", "read", false)))
                        .statusCode())
                .isIn(400, 404);
        assertThat(api.send("DELETE", base() + "/roles/missing", api.owner(), null)
                        .statusCode())
                .isEqualTo(404);
        api.send("POST", base() + "/roles", api.owner(), role("twice", permission("group", "read", false)));
        assertThat(api.send("POST", base() + "/roles", api.owner(), role("Twice", permission("group", "read", false)))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void listsSayWhatTheCallerMayGive() {
        assertThat(assignable(api.owner(), SITE, "owner")).isTrue();
        assertThat(assignable(member, SITE, "owner")).isFalse();
        assertThat(assignable(administrator, base() + "/roles", "organization-admin"))
                .isTrue();
        assertThat(assignable(userAdministrator, base() + "/roles", "organization-admin"))
                .isFalse();
        assertThat(assignable(userAdministrator, base() + "/roles", "organization-workspace-access"))
                .isTrue();
        assertThat(assignable(member, base() + "/roles", "organization-workspace-access"))
                .isFalse();
        assertThat(api.get(base() + "/roles", member).body()).doesNotContain("\"organization-member\"");
    }

    @Test
    void anOutsiderCannotTellAnOrganizationsRolesFromNone() {
        String none = "/api/v2/organizations/" + UUID.randomUUID() + "/members/roles";
        assertThat(api.get(base() + "/roles", outsider).body())
                .isEqualTo(api.get(none, outsider).body());
        assertThat(api.get(base() + "/roles", outsider).statusCode()).isEqualTo(404);
    }
}
