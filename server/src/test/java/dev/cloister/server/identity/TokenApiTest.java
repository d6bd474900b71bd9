package dev.cloister.server.identity;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenApiTest {
    private static final String TOKENS = "/api/v2/users/me/keys/tokens";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String create(String session, String name, Object... more) {
        var body = new HashMap<String, Object>(Map.of("token_name", name));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        var created = api.send("POST", TOKENS, session, body);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created).get("key").asString();
    }

    private static long days(int days) {
        return Duration.ofDays(days).toNanos();
    }

    @Test
    void aTokenLivesAsLongAsAskedAndNoLongerThanItsHoldersRoleAllows() {
        String person = api.person("longlived");

        var own = json(api.get(TOKENS + "/tokenconfig", person)).get("max_token_lifetime");
        var owners = json(api.get(TOKENS + "/tokenconfig", api.owner())).get("max_token_lifetime");
        create(person, "year", "lifetime", days(365));
        create(person, "usual");
        var tooLong = api.send("POST", TOKENS, person, Map.of("token_name", "x", "lifetime", days(366)));
        var negative = api.send("POST", TOKENS, person, Map.of("token_name", "x", "lifetime", -1));
        var ownersTooLong = api.send("POST", TOKENS, api.owner(), Map.of("token_name", "x", "lifetime", days(15)));

        assertThat(own.asLong()).isEqualTo(days(365));
        assertThat(owners.asLong()).isEqualTo(days(14));
        assertThat(tooLong.statusCode()).isEqualTo(400);
        assertThat(tooLong.body()).contains("lifetime");
        assertThat(negative.statusCode()).isEqualTo(400);
        assertThat(ownersTooLong.statusCode()).isEqualTo(400);
        JsonNode usual = json(api.get(TOKENS + "/usual", person));
        assertThat(usual.get("lifetime_seconds").asLong())
                .isEqualTo(Duration.ofDays(7).toSeconds());
        assertThat(usual.get("login_type").asString()).isEqualTo("token");
        assertThat(usual.get("scope").asString()).isEqualTo("all");
        assertThat(usual.get("allow_list").toString()).isEqualTo("[{\"type\":\"*\",\"id\":\"*\"}]");
    }

    @Test
    void whatEndedAWeekAgoIsForgottenAndEverythingElseStays() {
        String person = api.person("forgotten");
        for (String name : List.of("old", "fresh", "alive")) {
            assertThat(api.send("POST", TOKENS, person, Map.of("token_name", name))
                            .statusCode())
                    .isEqualTo(201);
        }
        api.database.execute("UPDATE api_keys SET expires_at = now() - interval '8 days' WHERE token_name = 'old'");
        api.database.execute("UPDATE api_keys SET expires_at = now() - interval '6 days' WHERE token_name = 'fresh'");

        assertThat(api.identity.expiredKeys().forget()).isEqualTo(1);
        assertThat(api.identity.expiredKeys().forget()).isZero();
        JsonNode left = json(api.get(TOKENS + "?include_expired=true", person));
        assertThat(left.findValuesAsString("token_name")).containsExactly("fresh", "alive");
    }

    @Test
    void anExpiredTokenWorksNoMoreAndIsListedOnlyOnRequest() {
        String person = api.person("expirer");
        String token = create(person, "soon");

        assertThat(api.send("PUT", "/api/v2/users/me/keys/soon/expire", person, null)
                        .statusCode())
                .isEqualTo(204);

        assertThat(api.get("/api/v2/users/me", token).statusCode()).isEqualTo(401);
        assertThat(json(api.get(TOKENS, person))).isEmpty();
        JsonNode listed = json(api.get(TOKENS + "?include_expired=true", person));
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).get("username").asString()).isEqualTo("expirer");
        assertThat(Instant.parse(listed.get(0).get("expires_at").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(api.send("PUT", "/api/v2/users/me/keys/none/expire", person, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(api.get("/api/v2/audit?q=username:expirer%20action:write", api.owner()))
                        .toString())
                .contains("soon");
    }

    @Test
    void everybodysTokensAreListedAsFarAsOneMaySeeThem() {
        String first = api.person("lister1");
        String second = api.person("lister2");
        create(first, "one");
        create(second, "two");
        String outsider = api.outsider("lister3");

        assertThat(json(api.get(TOKENS + "?include_all=true", first))).hasSize(1);
        assertThat(json(api.get(TOKENS + "?include_all=true", api.owner())).toString())
                .contains("lister1")
                .contains("lister2");
        assertThat(json(api.get(TOKENS + "?include_all=true&limit=1", api.owner())))
                .hasSize(1);
        assertThat(api.get("/api/v2/users/lister1/keys/tokens", second).statusCode())
                .isEqualTo(404);
        var foreign = api.get("/api/v2/users/lister1/keys/tokens/one", outsider);
        var none = api.get("/api/v2/users/nobody/keys/tokens/one", outsider);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(none.body());
        assertThat(api.send("PUT", "/api/v2/users/lister1/keys/one/expire", second, null)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void sessionsAreListedWithTheOneInUseAndEndOneByOne() {
        String first = api.person("sessions");
        String second = api.login("sessions@example.com");

        JsonNode listed = json(api.get("/api/v2/users/me/sessions", first));
        assertThat(listed).hasSize(2);
        String other = "";
        for (JsonNode session : listed) {
            if (!session.get("current").asBoolean()) {
                other = session.get("id").asString();
            }
        }
        assertThat(second).startsWith(other);
        assertThat(api.send("DELETE", "/api/v2/users/me/keys/" + other, first, null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(api.get("/api/v2/users/me", second).statusCode()).isEqualTo(401);
        assertThat(api.get("/api/v2/users/me", first).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v2/users/sessions/sessions", api.outsider("sessions2"))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTokenTouchesOnlyWhatIsOnItsAllowListAndMakesNoOtherWithMore() {
        String person = api.person("allowed");
        api.person("allowed2");
        String own = json(api.get("/api/v2/users/me", person)).get("id").asString();
        String narrow = create(
                person,
                "narrow",
                "allow_list",
                List.of(Map.of("type", "user", "id", own), Map.of("type", "api_key", "id", "*")));
        String elsewhere = create(
                person,
                "elsewhere",
                "allow_list",
                List.of(Map.of("type", "user", "id", "00000000-0000-0000-0000-00000000dead")));

        assertThat(api.get("/api/v2/users/me", narrow).statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v2/users/me", elsewhere).statusCode()).isEqualTo(404);
        assertThat(json(api.get(TOKENS + "/narrow", person)).get("allow_list").toString())
                .contains(own)
                .contains("api_key");
        assertThat(api.send("POST", TOKENS, narrow, Map.of("token_name", "wider"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.send("POST", TOKENS, person, Map.of("allow_list", List.of(Map.of("type", "*", "id", own))))
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("POST", TOKENS, person, Map.of("allow_list", List.of(Map.of("type", "galaxy", "id", "*"))))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void namesAndScopesThatAreNoneAreRefused() {
        String person = api.person("namer");
        create(person, "taken");

        assertThat(api.send("POST", TOKENS, person, Map.of("token_name", "taken"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(api.send("POST", TOKENS, person, Map.of("token_name", "a b")).statusCode())
                .isEqualTo(400);
        assertThat(api.send("POST", TOKENS, person, Map.of("token_name", "x".repeat(65)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("POST", TOKENS, person, Map.of("scopes", List.of("galaxy:rule")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send(
                                "POST",
                                "/api/v2/users/00000000-0000-0000-0000-00000000dead/keys/tokens",
                                api.owner(),
                                Map.of())
                        .statusCode())
                .isEqualTo(404);
    }
}
