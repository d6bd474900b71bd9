package dev.cloister.server.identity;

import static dev.cloister.server.testing.TestApi.PASSWORD;
import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.Secret;
import dev.cloister.server.testing.TestApi;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PasswordApiTest {
    private static final String USERS = "/api/v2/users";
    private static final String NEW = "a-completely-new-one";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<String> request(String email) {
        return api.send("POST", USERS + "/otp/request", "", Map.of("email", email));
    }

    private static Secret code(String email) throws InterruptedException {
        assertThat(request(email).statusCode()).isEqualTo(204);
        var sent = api.sentCodes.poll(20, TimeUnit.SECONDS);
        assertThat(sent.getKey()).isEqualTo(email);
        return sent.getValue();
    }

    private static HttpResponse<String> change(String email, String code, String password) {
        return api.send(
                "POST",
                USERS + "/otp/change-password",
                "",
                Map.of("email", email, "one_time_passcode", code, "password", password));
    }

    @Test
    void aCodeSetsAPasswordOnceAndEndsEverySession() throws InterruptedException {
        String session = api.person("forgot");
        Secret code = code("forgot@example.com");

        var weak = change("forgot@example.com", code.reveal(), "short");
        var right = change("FORGOT@example.com", code.reveal(), NEW);
        var again = change("forgot@example.com", code.reveal(), NEW + "-2");

        assertThat(weak.statusCode()).isEqualTo(400);
        assertThat(weak.body()).contains("password");
        assertThat(right.statusCode()).isEqualTo(204);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(api.get(USERS + "/me", session).statusCode()).isEqualTo(401);
        assertThat(api.send("POST", USERS + "/login", "", Map.of("email", "forgot@example.com", "password", NEW))
                        .statusCode())
                .isEqualTo(201);
        String log = json(api.get("/api/v2/audit?q=resource_target:forgot", api.owner()))
                .toString();
        assertThat(log)
                .contains("request_password_reset")
                .doesNotContain(code.reveal())
                .doesNotContain(NEW);
    }

    @Test
    void nobodyLearnsWhetherAnAccountExists() throws InterruptedException {
        api.person("exists");
        Secret code = code("exists@example.com");

        var unknown = request("nobody@example.com");
        var wrong = change("exists@example.com", "x".repeat(32), NEW);
        var foreign = change("nobody@example.com", code.reveal(), NEW);

        assertThat(unknown.statusCode()).isEqualTo(204);
        assertThat(unknown.body()).isEmpty();
        assertThat(foreign.statusCode()).isEqualTo(wrong.statusCode()).isEqualTo(400);
        assertThat(foreign.body()).isEqualTo(wrong.body());
        assertThat(change("exists@example.com", code.reveal(), NEW).statusCode())
                .isEqualTo(204);
    }

    @Test
    void anExpiredCodeAndOneOfASuspendedPersonAreWorthNothing() throws InterruptedException {
        api.person("late");
        Secret expired = code("late@example.com");
        api.database.execute("UPDATE one_time_codes SET expires_at = now() - interval '1 second'"
                + " WHERE user_id = (SELECT id FROM users WHERE username = 'late')");
        api.person("barred");
        Secret barred = code("barred@example.com");
        api.send("PUT", USERS + "/barred/status/suspend", api.owner(), null);

        assertThat(change("late@example.com", expired.reveal(), NEW).statusCode())
                .isEqualTo(400);
        assertThat(change("barred@example.com", barred.reveal(), NEW).statusCode())
                .isEqualTo(400);
    }

    @Test
    void onlyHashesOfCodesAreStored() throws InterruptedException {
        api.person("hashed");
        Secret code = code("hashed@example.com");

        var stored = api.transactions.read(tx -> tx.query("SELECT encode(hashed_code, 'escape') FROM one_time_codes")
                .mapTo(String.class)
                .list());

        assertThat(stored).isNotEmpty().noneMatch(text -> text.contains(code.reveal()));
    }

    @Test
    void anAdministratorHandsACodeOutButNotForAnOwner() {
        api.person("helped");
        String admin = api.person("helper");
        api.send("PUT", USERS + "/helper/roles", api.owner(), Map.of("roles", List.of("user-admin")));
        String member = api.person("helpless");

        var issued = api.send("POST", USERS + "/helped/one-time-passcode", admin, null);

        assertThat(issued.statusCode()).isEqualTo(201);
        assertThat(api.send("POST", USERS + "/admin/one-time-passcode", admin, null)
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.send("POST", USERS + "/helped/one-time-passcode", member, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.send("POST", USERS + "/me/one-time-passcode", member, null)
                        .statusCode())
                .isEqualTo(400);
        assertThat(change(
                                "helped@example.com",
                                json(issued).get("one_time_passcode").asString(),
                                NEW)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void theWayToSignInIsToldAndCannotBeChangedYet() {
        String person = api.person("converter");
        String other = api.person("converter2");

        var wrong =
                api.send("POST", USERS + "/me/convert-login", person, Map.of("to_type", "oidc", "password", "wrong"));
        var right =
                api.send("POST", USERS + "/me/convert-login", person, Map.of("to_type", "oidc", "password", PASSWORD));

        assertThat(json(api.get(USERS + "/me/login-type", person))
                        .get("login_type")
                        .asString())
                .isEqualTo("password");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).doesNotContain("not offered");
        assertThat(right.statusCode()).isEqualTo(400);
        assertThat(right.body()).contains("not offered yet");
        assertThat(api.send(
                                "POST",
                                USERS + "/converter/convert-login",
                                other,
                                Map.of("to_type", "oidc", "password", PASSWORD))
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.get(USERS + "/oidc-claims", person).statusCode()).isEqualTo(400);
    }

    @Test
    void aPasswordIsJudgedBeforeItIsSet() {
        String person = api.person("judged");

        var weak = json(api.send("POST", USERS + "/validate-password", person, Map.of("password", "short")));
        var good = json(api.send("POST", USERS + "/validate-password", person, Map.of("password", NEW)));

        assertThat(weak.get("valid").asBoolean()).isFalse();
        assertThat(weak.get("details").asString()).isNotEmpty();
        assertThat(good.get("valid").asBoolean()).isTrue();
    }

    @Test
    void guessingAtTheOldPasswordIsSlowedDown() {
        String person = api.person("guessed");
        int last = 0;
        for (int i = 0; i < 8 && last != 429; i++) {
            last = api.send(
                            "PUT",
                            USERS + "/me/password",
                            person,
                            Map.of("old_password", "guess-" + i, "password", NEW))
                    .statusCode();
        }

        assertThat(last).isEqualTo(429);
    }
}
