package dev.cloister.server.identity;

import static dev.cloister.server.testing.TestApi.PASSWORD;
import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UserApiTest {
    private static final String USERS = "/api/v2/users";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Map<String, Object> body(String name, Object... more) {
        var body = new HashMap<String, Object>(
                Map.of("username", name, "email", name + "@example.com", "password", PASSWORD));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    private static JsonNode create(Map<String, Object> body) {
        var created = api.send("POST", USERS, api.owner(), body);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created);
    }

    private static List<String> search(String query, String token) {
        var found = api.get(USERS + "?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8), token);
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        var names = new ArrayList<String>();
        json(found).get("users").forEach(user -> names.add(user.get("username").asString()));
        return names;
    }

    @Test
    void aNewUserIsDormantInTheDefaultOrganizationAndActiveFromTheFirstLoginOn() {
        JsonNode created = create(body("newcomer", "name", "New Comer"));

        assertThat(created.get("status").asString()).isEqualTo("dormant");
        assertThat(created.get("organization_ids").get(0).asString()).isEqualTo(api.organization());
        assertThat(created.get("last_seen_at").asString()).startsWith("0001-01-01");

        String session = api.login("newcomer@example.com");

        assertThat(json(api.get(USERS + "/me", session)).get("status").asString())
                .isEqualTo("active");
        assertThat(json(api.get("/api/v2/audit?q=username:newcomer%20action:write", api.owner()))
                        .toString())
                .contains("dormant");
    }

    @Test
    void aServiceAccountHasNoAddressNoPasswordAndNoSession() {
        JsonNode robot = create(Map.of("username", "robot", "service_account", true));
        create(Map.of("username", "robot2", "service_account", true));

        assertThat(robot.get("is_service_account").asBoolean()).isTrue();
        assertThat(robot.get("login_type").asString()).isEqualTo("none");
        assertThat(api.send("POST", USERS + "/login", "", Map.of("email", "", "password", ""))
                        .statusCode())
                .isEqualTo(401);
        assertThat(api.send("POST", USERS + "/robot/keys", api.owner(), null).statusCode())
                .isEqualTo(400);
        assertThat(api.send("POST", USERS, api.owner(), body("robot3", "service_account", true))
                        .body())
                .contains("email")
                .contains("password");
        String token = json(api.send("POST", USERS + "/robot/keys/tokens", api.owner(), Map.of("token_name", "ci")))
                .get("key")
                .asString();
        assertThat(json(api.get(USERS + "/me", token)).get("username").asString())
                .isEqualTo("robot");
        assertThat(search("service_account:true", api.owner())).containsExactly("robot", "robot2");
    }

    @Test
    void loginTypesThatAreNotOfferedAreRefusedWithTheReason() {
        var none = create(Map.of("username", "nologin", "email", "nologin@example.com", "login_type", "none"));
        var oidc = api.send("POST", USERS, api.owner(), body("x1", "login_type", "oidc"));
        var token = api.send("POST", USERS, api.owner(), body("x2", "login_type", "token"));
        var wrong = api.send("POST", USERS, api.owner(), body("x3", "login_type", "magic"));

        assertThat(none.get("login_type").asString()).isEqualTo("none");
        assertThat(oidc.statusCode()).isEqualTo(400);
        assertThat(oidc.body()).contains("login_type").contains("not offered yet");
        assertThat(token.statusCode()).isEqualTo(400);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(search("search:x1", api.owner())).isEmpty();
    }

    @Test
    void onlyAnOwnerGivesRolesAtCreation() {
        String admin = api.person("creator");
        api.send("PUT", USERS + "/creator/roles", api.owner(), Map.of("roles", List.of("user-admin")));

        JsonNode auditor = create(body("born-auditor", "roles", List.of("auditor")));
        var refused = api.send("POST", USERS, admin, body("born-owner", "roles", List.of("owner")));
        var unknown = api.send("POST", USERS, api.owner(), body("born-king", "roles", List.of("king")));

        assertThat(auditor.get("roles").get(0).get("name").asString()).isEqualTo("auditor");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(search("search:born", api.owner())).containsExactly("born-auditor");
    }

    @Test
    void theSearchKnowsEveryDocumentedKey() {
        create(body("find-me", "name", "Findable Person"));
        String seen = api.person("find-seen");
        api.get(USERS + "/me", seen);
        api.database.execute("UPDATE users SET created_at = '2020-05-05T00:00:00Z', last_seen_at ="
                + " '2020-06-06T00:00:00Z' WHERE username = 'find-seen'");

        assertThat(search("find", api.owner())).containsExactly("find-me", "find-seen");
        assertThat(search("search:FIND-M", api.owner())).containsExactly("find-me");
        assertThat(search("name:\"findable p\"", api.owner())).containsExactly("find-me");
        assertThat(search("find status:dormant", api.owner())).containsExactly("find-me");
        assertThat(search("find status:active,dormant", api.owner())).hasSize(2);
        assertThat(search("find created_before:2020-05-06", api.owner())).containsExactly("find-seen");
        assertThat(search("find created_after:\"2020-05-06T00:00:00Z\"", api.owner()))
                .containsExactly("find-me");
        assertThat(search("find last_seen_after:2020-06-01T00:00:00Z", api.owner()))
                .containsExactly("find-seen");
        assertThat(search("find last_seen_before:2019-01-01", api.owner())).containsExactly("find-me");
        assertThat(search("find login_type:password", api.owner())).hasSize(2);
        assertThat(search("find login_type:oidc,none", api.owner())).isEmpty();
        assertThat(search("find role:member", api.owner())).hasSize(2);
        assertThat(search("find role:owner", api.owner())).isEmpty();
        assertThat(search("find github_com_user_id:77", api.owner())).isEmpty();
        assertThat(search("%", api.owner())).isEmpty();
    }

    @Test
    void aSearchThatMeansNothingIsRefused() {
        for (String query : List.of(
                "status:gone",
                "login_type:magic",
                "created_after:yesterday",
                "created_after:-999999999-01-01T00:00:00Z",
                "service_account:maybe",
                "github_com_user_id:x",
                "nonsense:1",
                "name:\"open")) {
            var answer = api.get(USERS + "?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8), api.owner());
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("validations");
        }
        assertThat(api.get(USERS + "?after_id=me", api.owner()).statusCode()).isEqualTo(400);
        assertThat(api.get(USERS + "?limit=-1", api.owner()).statusCode()).isEqualTo(400);
    }

    @Test
    void aTextWithACharacterThatCannotBeStoredIsToldAndNoFault() {
        assertThat(api.get(USERS + "?q=%00", api.owner()).statusCode()).isEqualTo(400);
        assertThat(api.send("POST", USERS + "/login", "", Map.of("email", "a\0b@example.com", "password", "x"))
                        .statusCode())
                .isIn(400, 401);
        assertThat(api.send("PUT", USERS + "/me/profile", api.owner(), Map.of("username", "admin", "name", "a\0b"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aWrongBodyDoesNotTellWhetherSomebodyOfANameExists() {
        api.person("hidden");
        String outsider = api.outsider("peeker");

        for (String path : List.of("/profile", "/password", "/appearance", "/preferences")) {
            for (String body : List.of("{\"password\": 5, \"username\": {}, \"terminal_font\": []}", "[]", "{}")) {
                var foreign = api.send("PUT", USERS + "/hidden" + path, outsider, body);
                var none = api.send("PUT", USERS + "/nobody" + path, outsider, body);
                assertThat(foreign.statusCode()).as(path + body).isEqualTo(none.statusCode());
                assertThat(foreign.body()).isEqualTo(none.body());
            }
        }
        for (String path : List.of("/keys/tokens", "/convert-login", "/secrets", "/secrets/batch", "/keys")) {
            var foreign = api.send("POST", USERS + "/hidden" + path, outsider, "{\"token_name\": []}");
            var none = api.send("POST", USERS + "/nobody" + path, outsider, "{\"token_name\": []}");
            assertThat(foreign.statusCode()).as(path).isEqualTo(none.statusCode());
            assertThat(foreign.body()).isEqualTo(none.body());
        }
    }

    @Test
    void pagesFollowEachOtherWithoutGapsAndCountTheWhole() {
        IntStream.range(0, 5).forEach(i -> create(body("page-" + i)));

        var all = new ArrayList<String>();
        String after = "";
        for (int i = 0; i < 3; i++) {
            var page = json(api.get(USERS + "?q=page-&limit=2" + after, api.owner()));
            assertThat(page.get("count").asInt()).isEqualTo(5);
            for (JsonNode user : page.get("users")) {
                all.add(user.get("username").asString());
                after = "&after_id=" + user.get("id").asString();
            }
        }
        var offset = json(api.get(USERS + "?q=page-&limit=2&offset=3", api.owner()));

        assertThat(all).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
        assertThat(offset.get("users").get(0).get("username").asString()).isEqualTo("page-3");
    }

    @Test
    void thePlaceOfSomebodyInvisibleInTheOrderCannotBeFoundOut() {
        JsonNode hidden = create(body("aaa-hidden"));
        String member = api.person("zzz-member");

        var after = json(api.get(USERS + "?after_id=" + hidden.get("id").asString(), member));
        var none = json(api.get(USERS + "?after_id=00000000-0000-0000-0000-00000000dead", member));

        assertThat(after).isEqualTo(none);
        assertThat(after.get("users")).isEmpty();
    }

    @Test
    void peopleChangeTheirNamesAndPictureButNotToAScript() {
        String person = api.person("profiled");
        var changed = api.send(
                "PUT",
                USERS + "/me/profile",
                person,
                Map.of("username", "profiled2", "name", "Pro Filed", "avatar_url", "https://example.com/a.png"));
        var script = api.send(
                "PUT",
                USERS + "/me/profile",
                person,
                Map.of("username", "profiled2", "name", "", "avatar_url", "javascript:alert(1)"));
        var foreign = api.send("PUT", USERS + "/admin/profile", person, Map.of("username", "not valid!", "name", ""));

        assertThat(json(changed).get("avatar_url").asString()).isEqualTo("https://example.com/a.png");
        assertThat(script.statusCode()).isEqualTo(400);
        assertThat(script.body()).contains("avatar_url");
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(json(api.get(USERS + "/me", person)).get("username").asString())
                .isEqualTo("profiled2");
    }

    @Test
    void appearanceIsKeptPerPersonAndItsRulesAreTold() {
        String person = api.person("stylist");
        String other = api.person("stylist2");
        assertThat(json(api.get(USERS + "/me/appearance", person))
                        .get("theme_preference")
                        .asString())
                .isEmpty();

        var set = api.send(
                "PUT",
                USERS + "/me/appearance",
                person,
                Map.of(
                        "theme_preference", "dark",
                        "terminal_font", "fira-code",
                        "theme_mode", "sync",
                        "theme_light", "light-tritan",
                        "theme_dark", "dark"));
        var older = api.send(
                "PUT",
                USERS + "/me/appearance",
                person,
                Map.of("theme_preference", "light", "terminal_font", "fira-code"));
        var wrong = api.send(
                "PUT",
                USERS + "/me/appearance",
                person,
                Map.of("theme_preference", "dark", "terminal_font", "comic-sans", "theme_mode", "sync"));

        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(json(older).get("theme_mode").asString()).isEqualTo("sync");
        assertThat(json(older).get("theme_light").asString()).isEqualTo("light-tritan");
        assertThat(json(older).get("theme_preference").asString()).isEqualTo("light");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("terminal_font").contains("theme_light");
        assertThat(api.get(USERS + "/stylist/appearance", other).statusCode()).isEqualTo(404);
        assertThat(json(api.get("/api/v2/audit?q=username:stylist%20action:write", api.owner()))
                        .toString())
                .contains("fira-code");
    }

    @Test
    void preferencesChangeOneByOne() {
        String person = api.person("prefers");
        api.send("PUT", USERS + "/me/preferences", person, Map.of("task_notification_alert_dismissed", true));
        var second = json(api.send(
                "PUT", USERS + "/me/preferences", person, Map.of("code_diff_display_mode", "always_expanded")));
        var wrong = api.send("PUT", USERS + "/me/preferences", person, Map.of("thinking_display_mode", "sideways"));

        assertThat(second.get("task_notification_alert_dismissed").asBoolean()).isTrue();
        assertThat(second.get("code_diff_display_mode").asString()).isEqualTo("always_expanded");
        assertThat(second.get("thinking_display_mode").asString()).isEqualTo("auto");
        assertThat(second.get("agent_chat_send_shortcut").asString()).isEqualTo("enter");
        assertThat(wrong.statusCode()).isEqualTo(400);
    }

    @Test
    void aCustomRoleOfTheSiteIsGivenAtCreationByWhoHasWhatIsInIt() {
        var permission = Map.of("resource_type", "template", "action", "read", "negate", false);
        assertThat(api.send(
                                "POST",
                                "/api/v2/users/roles",
                                api.owner(),
                                Map.of("name", "template-reader", "site_permissions", List.of(permission)))
                        .statusCode())
                .isLessThan(300);
        JsonNode reader = create(body("born-reader", "roles", List.of("template-reader", "member")));
        assertThat(reader.get("roles")).hasSize(1);
        assertThat(reader.get("roles").get(0).get("name").asString()).isEqualTo("template-reader");

        String giver = api.person("role-giver");
        api.send("PUT", USERS + "/role-giver/roles", api.owner(), Map.of("roles", List.of("user-admin")));
        var refused = api.send("POST", USERS, giver, body("born-more", "roles", List.of("template-reader")));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(search("born-more", api.owner())).isEmpty();
    }

    @Test
    void aDeletedPersonsNameIsFreeAndTheirSettingsAreGone() {
        String person = api.person("leaver");
        api.send("PUT", USERS + "/me/preferences", person, Map.of("task_notification_alert_dismissed", true));

        assertThat(api.send("DELETE", USERS + "/leaver", api.owner(), null).statusCode())
                .isEqualTo(200);
        assertThat(api.get(USERS + "/me", person).statusCode()).isEqualTo(401);
        assertThat(api.get(USERS + "/leaver", api.owner()).statusCode()).isEqualTo(404);
        String again = api.person("leaver");
        assertThat(json(api.get(USERS + "/me/preferences", again))
                        .get("task_notification_alert_dismissed")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void anOrganizationOfAPersonIsFoundByItsName() {
        api.person("joiner");

        assertThat(json(api.get(USERS + "/joiner/organizations/default", api.owner()))
                        .get("id")
                        .asString())
                .isEqualTo(api.organization());
        assertThat(api.get(USERS + "/joiner/organizations/nowhere", api.owner()).statusCode())
                .isEqualTo(404);
    }
}
