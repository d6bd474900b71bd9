package dev.cloister.server.identity;

import static dev.cloister.server.testing.TestApi.PASSWORD;
import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityApiTest {
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String id(String token) {
        return json(api.get("/api/v2/users/me", token)).get("id").asString();
    }

    @Test
    void theFirstUserOwnsTheDeployment() {
        var me = json(api.get("/api/v2/users/me", api.owner()));

        assertThat(me.get("username").asString()).isEqualTo("admin");
        assertThat(me.get("roles").get(0).get("name").asString()).isEqualTo("owner");
        assertThat(me.get("organization_ids").get(0).asString()).isEqualTo(api.organization());
        assertThat(api.get("/api/v2/users/first", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aSecondFirstUserIsRefused() {
        var again = api.send(
                "POST",
                "/api/v2/users/first",
                "",
                Map.of("username", "mallory", "email", "m@example.com", "password", PASSWORD));

        assertThat(again.statusCode()).isEqualTo(409);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAnswerAlike() {
        var wrong = api.send("POST", "/api/v2/users/login", "", Map.of("email", "admin@example.com", "password", "x"));
        var unknown = api.send("POST", "/api/v2/users/login", "", Map.of("email", "no@example.com", "password", "x"));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void everyLoginIsOnTheAuditLogAndSoIsEveryFailedOne() {
        api.send("POST", "/api/v2/users/login", "", Map.of("email", "nobody@example.com", "password", "x"));

        var failed = json(api.get("/api/v2/audit?q=action:login%20resource_target:nobody@example.com", api.owner()));
        var good = json(api.get("/api/v2/audit?q=action:login%20username:admin", api.owner()));

        assertThat(failed.get("count").asInt()).isEqualTo(1);
        assertThat(failed.get("audit_logs").get(0).get("status_code").asInt()).isEqualTo(401);
        assertThat(good.get("count").asInt()).isPositive();
        assertThat(good.toString()).doesNotContain(PASSWORD);
    }

    @Test
    void aMemberCannotReadTheAuditLogOrListUsers() {
        String member = api.person("member1");

        assertThat(api.get("/api/v2/audit", member).statusCode()).isEqualTo(403);
        assertThat(json(api.get("/api/v2/users", member)).get("users")).hasSize(1);
    }

    @Test
    void anOutsiderCannotTellAForeignPersonFromNone() {
        String member = api.person("member2");
        String outsider = api.outsider("outsider2");

        var foreign = api.get("/api/v2/users/" + id(member), outsider);
        var none = api.get("/api/v2/users/00000000-0000-0000-0000-00000000dead", outsider);
        var byName = api.get("/api/v2/users/member2", outsider);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(none.body()).isEqualTo(byName.body());
    }

    @Test
    void aSuspendedPersonsSessionEndsAtOnce() {
        String victim = api.person("victim");
        String id = id(victim);

        assertThat(api.send("PUT", "/api/v2/users/" + id + "/status/suspend", api.owner(), null)
                        .statusCode())
                .isEqualTo(200);

        assertThat(api.get("/api/v2/users/me", victim).statusCode()).isEqualTo(401);
        assertThat(api.send(
                                "POST",
                                "/api/v2/users/login",
                                "",
                                Map.of("email", "victim@example.com", "password", PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void aUserAdministratorCannotTakeAnOwnersAccountOver() {
        String admin = api.person("useradmin");
        api.send("PUT", "/api/v2/users/useradmin/roles", api.owner(), Map.of("roles", List.of("user-admin")));

        var password = api.send("PUT", "/api/v2/users/admin/password", admin, Map.of("password", "another-long-one"));
        var roles = api.send("PUT", "/api/v2/users/member1/roles", admin, Map.of("roles", List.of("owner")));

        assertThat(password.statusCode()).isEqualTo(403);
        assertThat(roles.statusCode()).isIn(403, 404);
        assertThat(api.login("admin@example.com")).isNotEmpty();
    }

    @Test
    void theLastOwnerCannotBeSuspendedOrDeletedByThemselves() {
        assertThat(api.send("PUT", "/api/v2/users/me/status/suspend", api.owner(), null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("DELETE", "/api/v2/users/me", api.owner(), null).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        String first = api.person("changer");
        String second = api.login("changer@example.com");

        var wrong = api.send(
                "PUT",
                "/api/v2/users/me/password",
                first,
                Map.of("old_password", "wrong", "password", "a-completely-new-one"));
        var right = api.send(
                "PUT",
                "/api/v2/users/me/password",
                first,
                Map.of("old_password", PASSWORD, "password", "a-completely-new-one"));

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(right.statusCode()).isEqualTo(204);
        assertThat(api.get("/api/v2/users/me", first).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v2/users/me", second).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenDoesNoMoreThanItsScopeAndEndsWhenDeleted() {
        String person = api.person("tokens");
        String token = json(api.send(
                        "POST",
                        "/api/v2/users/me/keys/tokens",
                        person,
                        Map.of("token_name", "ci", "scopes", List.of("workspace:read"))))
                .get("key")
                .asString();

        assertThat(api.get("/api/v2/users/me", token).statusCode()).isEqualTo(404);
        assertThat(api.send("POST", "/api/v2/users/me/keys/tokens", token, Map.of("token_name", "more"))
                        .statusCode())
                .isEqualTo(403);
        var listed = json(api.get("/api/v2/users/me/keys/tokens", person));
        assertThat(listed).hasSize(1);
        assertThat(listed.toString()).doesNotContain(token.substring(11));

        String id = listed.get(0).get("id").asString();
        assertThat(api.send("DELETE", "/api/v2/users/me/keys/" + id, person, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(api.get("/api/v2/authcheck", token).statusCode()).isIn(401, 404);
        assertThat(api.send("POST", "/api/v2/authcheck", token, Map.of("checks", Map.of()))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void loggingOutEndsTheSession() {
        String session = api.login("admin@example.com");

        assertThat(api.send("POST", "/api/v2/users/logout", session, null).statusCode())
                .isEqualTo(200);
        assertThat(api.get("/api/v2/users/me", session).statusCode()).isEqualTo(401);
    }

    @Test
    void badInputIsTold() {
        var missing = api.send(
                "POST",
                "/api/v2/users",
                api.owner(),
                Map.of(
                        "username",
                        "x y",
                        "email",
                        "nope",
                        "password",
                        "short",
                        "organization_ids",
                        List.of(api.organization())));
        var notJson = api.send("POST", "/api/v2/users", api.owner(), "{\"username\": ");
        var wrongType = api.send("POST", "/api/v2/users", api.owner(), "{\"organization_ids\": 5}");
        var deep = api.send("POST", "/api/v2/users", api.owner(), "[".repeat(5000));
        var huge = api.send("POST", "/api/v2/users", api.owner(), "\"" + "x".repeat(2 << 20) + "\"");

        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).contains("username").contains("email").contains("password");
        assertThat(notJson.statusCode()).isEqualTo(400);
        assertThat(wrongType.statusCode()).isEqualTo(400);
        assertThat(wrongType.body()).contains("organization_ids");
        assertThat(deep.statusCode()).isEqualTo(400);
        assertThat(huge.statusCode()).isEqualTo(413);
        assertThat(api.get("/api/v2/users/%F0%28", api.owner()).statusCode()).isIn(400, 404);
        assertThat(api.get("/api/v2/audit?q=nonsense:1", api.owner()).statusCode())
                .isEqualTo(400);
        assertThat(api.get("/api/v2/audit?limit=-5", api.owner()).statusCode()).isEqualTo(400);
    }

    @Test
    void aTakenNameIsAConflict() {
        api.person("taken");

        var again = api.send(
                "POST",
                "/api/v2/users",
                api.owner(),
                Map.of(
                        "username",
                        "TAKEN",
                        "email",
                        "other@example.com",
                        "password",
                        PASSWORD,
                        "organization_ids",
                        List.of(api.organization())));

        assertThat(again.statusCode()).isEqualTo(409);
    }

    @Test
    void authcheckTellsWhatTheCallerMayDo() {
        String person = api.person("checker");
        var answers = json(api.send(
                "POST",
                "/api/v2/authcheck",
                person,
                Map.of(
                        "checks",
                        Map.of(
                                "audit", Map.of("object", Map.of("resource_type", "audit_log"), "action", "read"),
                                "create",
                                        Map.of(
                                                "object",
                                                Map.of(
                                                        "resource_type",
                                                        "workspace",
                                                        "owner_id",
                                                        "me",
                                                        "organization_id",
                                                        api.organization()),
                                                "action",
                                                "create")))));

        assertThat(answers.get("audit").asBoolean()).isFalse();
        assertThat(answers.get("create").asBoolean()).isTrue();
    }

    @Test
    void theAuditLogCannotBeRewrittenThroughTheServersOwnAccount() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> api.database.execute("DELETE FROM audit_events"))
                .hasStackTraceContaining("append-only");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> api.database.execute("UPDATE audit_events SET action = 'x'"))
                .hasStackTraceContaining("append-only");
    }
}
