package dev.cloister.server.identity;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.connection.Polling;
import dev.cloister.server.testing.TestApi;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is remembered of credentials must never outlive what they stand for. */
class KnownCredentialsTest {
    private static final String ME = "/api/v2/users/me";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
        Polling.until(
                "the database is heard",
                () -> api.database
                        .events()
                        .freshness()
                        .holds(api.database.events().freshness().mark()));
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static int status(String token) {
        return api.get(ME, token).statusCode();
    }

    /** Past all announcements, as no part of the product does it. */
    private static void quietly(String sql) throws Exception {
        try (var connection = DriverManager.getConnection(
                        api.database.url(),
                        api.database.username(),
                        api.database.password().reveal());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aSuspensionIsInForceWithTheNextRequest() {
        api.person("sam");
        for (int round = 0; round < 5; round++) {
            String session = api.login("sam@example.com");
            assertThat(status(session)).isEqualTo(200);
            api.send("PUT", "/api/v2/users/sam/status/suspend", api.owner(), null);
            assertThat(status(session)).isEqualTo(401);
            api.send("PUT", "/api/v2/users/sam/status/activate", api.owner(), null);
        }
    }

    @Test
    void aSessionThatEndsIsRefusedWithTheNextRequest() {
        String session = api.person("lou");
        assertThat(status(session)).isEqualTo(200);
        api.send("POST", "/api/v2/users/logout", session, null);
        assertThat(status(session)).isEqualTo(401);
    }

    @Test
    void aRoleIsGivenAndTakenWithTheNextRequest() {
        String session = api.person("rob");
        for (List<String> roles : List.of(List.of("auditor"), List.<String>of(), List.of("auditor"))) {
            api.send("PUT", "/api/v2/users/rob/roles", api.owner(), Map.of("roles", roles));
            assertThat(api.get("/api/v2/audit?limit=1", session).statusCode()).isEqualTo(roles.isEmpty() ? 403 : 200);
        }
    }

    @Test
    void anotherUsernameIsKnownWithTheNextRequest() {
        String session = api.person("ann");
        assertThat(status(session)).isEqualTo(200);
        api.send("PUT", ME + "/profile", session, Map.of("username", "anna", "name", "Anna"));
        assertThat(json(api.get("/api/v2/audit?q=resource_target:anna&limit=1", api.owner()))
                        .toString())
                .contains("anna");
        api.send("PUT", ME + "/profile", session, Map.of("username", "anna", "name", "Anna B"));
        assertThat(api.database.look("SELECT actor_name FROM audit_events ORDER BY sequence DESC LIMIT 1"))
                .isEqualTo("anna");
    }

    @Test
    void whatNobodyAnnouncedIsInForceWithinASecond() throws Exception {
        String session = api.person("tom");
        assertThat(status(session)).isEqualTo(200);
        quietly("UPDATE users SET status = 'suspended' WHERE username = 'tom'");
        Polling.until("refused", Duration.ofSeconds(3), () -> status(session) == 401);
    }

    @Test
    void aUseIsWrittenALittleLaterAndRenewsTheSession() {
        String session = api.person("uma");
        String key = session.substring(0, 10);
        api.database.execute("UPDATE api_keys SET last_used = now() - interval '1 hour', expires_at = now() + interval"
                + " '1 hour' WHERE id = '" + key + "'");
        assertThat(status(session)).isEqualTo(200);
        Polling.until(
                "the use is written",
                () -> api.database
                        .look("SELECT last_used > now() - interval '1 minute' AND expires_at > now() + interval"
                                + " '20 hours' FROM api_keys WHERE id = '" + key + "'")
                        .equals("t"));
        assertThat(api.database.look(
                        "SELECT last_seen_at > now() - interval '1 minute' FROM users" + " WHERE username = 'uma'"))
                .isEqualTo("t");
    }

    @Test
    void aSessionThatWasEndedAfterItsUseIsNotRenewed() {
        String session = api.person("eve");
        String key = session.substring(0, 10);
        UUID eve = UUID.fromString(
                json(api.get("/api/v2/users/eve", api.owner())).get("id").asString());
        Instant asRead = Instant.now().plusSeconds(3600);
        var uses = new CredentialUses(api.transactions, new ApiKeyRepository());
        uses.note(new CredentialUses.Use(key, eve, Instant.now(), asRead, asRead.plusSeconds(3600)));
        api.send("PUT", "/api/v2/users/me/keys/" + key + "/expire", session, null);
        String ended = api.database.look("SELECT expires_at FROM api_keys WHERE id = '" + key + "'");

        uses.write();
        assertThat(api.database.look("SELECT expires_at FROM api_keys WHERE id = '" + key + "'"))
                .isEqualTo(ended);
        assertThat(status(session)).isEqualTo(401);
    }
}
