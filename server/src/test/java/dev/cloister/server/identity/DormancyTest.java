package dev.cloister.server.identity;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DormancyTest {
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static void lastActive(String name, int days) {
        api.database.execute("UPDATE users SET last_seen_at = now() - interval '" + days
                + " days', updated_at = now() - interval '" + days + " days' WHERE username = '" + name + "'");
    }

    private static String status(String name) {
        return json(api.get("/api/v2/users/" + name, api.owner())).get("status").asString();
    }

    @Test
    void anUnusedAccountBecomesDormantAndAnyUseWakesIt() {
        String session = api.person("sleepy");
        String token = json(api.send("POST", "/api/v2/users/me/keys/tokens", session, Map.of("token_name", "t")))
                .get("key")
                .asString();
        api.person("busy");
        lastActive("sleepy", TestApi.DORMANT_AFTER_DAYS + 1);
        lastActive("busy", TestApi.DORMANT_AFTER_DAYS - 1);

        assertThat(api.identity.dormancy().look()).isEqualTo(1);
        assertThat(api.identity.dormancy().look()).isZero();
        assertThat(status("sleepy")).isEqualTo("dormant");
        assertThat(status("busy")).isEqualTo("active");
        assertThat(json(api.get("/api/v2/audit?q=resource_target:sleepy%20action:write", api.owner()))
                        .toString())
                .contains("dormant");

        assertThat(api.get("/api/v2/users/me", token).statusCode()).isEqualTo(200);
        assertThat(status("sleepy")).isEqualTo("active");
        assertThat(api.identity.dormancy().look()).isZero();
    }

    @Test
    void aSuspendedAccountStaysSuspended() {
        api.person("suspended");
        api.send("PUT", "/api/v2/users/suspended/status/suspend", api.owner(), null);
        lastActive("suspended", 1000);

        api.identity.dormancy().look();

        assertThat(status("suspended")).isEqualTo("suspended");
    }
}
