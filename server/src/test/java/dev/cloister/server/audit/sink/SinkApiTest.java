package dev.cloister.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkApiTest {
    @TempDir
    static Path directory;

    private static SinkWorld world;
    private static TestApi api;

    @BeforeAll
    static void begin() {
        world = new SinkWorld(directory);
        api = world.api;
    }

    @AfterAll
    static void end() {
        world.close();
    }

    private static Map<String, Object> splunk(String name) {
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("transport", "splunk");
        body.put("format", "json");
        body.put("settings", Map.of("url", "https://splunk.example.com:8088", "index", "main"));
        body.put("secrets", Map.of("token", "the-token-of-splunk"));
        return body;
    }

    private static HttpResponse<String> create(Object body) {
        return api.send("POST", SinkWorld.SINKS, api.owner(), body);
    }

    private static String id(HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return SinkWorld.SINKS + "/" + TestApi.json(made).get("id").asString();
    }

    @Test
    void secretsAreWrittenAndNeverRead() {
        var made = create(splunk("write-only"));
        String path = id(made);
        assertThat(TestApi.json(made).get("secrets").toString()).isEqualTo("[\"token\"]");
        assertThat(made.body()).doesNotContain("the-token-of-splunk");
        assertThat(api.get(path, api.owner()).body()).doesNotContain("the-token-of-splunk");
        assertThat(api.get(SinkWorld.SINKS, api.owner()).body())
                .contains("write-only")
                .doesNotContain("the-token-of-splunk");
        assertThat(api.database.look("SELECT encode(secrets, 'escape') FROM audit_sinks WHERE name = 'write-only'"))
                .doesNotContain("the-token-of-splunk");
        assertThat(api.database.look("SELECT diff FROM audit_events WHERE resource_target = 'write-only'"))
                .contains("splunk.example.com", "secrets", "\"secret\": true")
                .doesNotContain("the-token");
    }

    @Test
    void everyChangeIsOnTheLog() {
        String path = id(create(splunk("tracked")));
        assertThat(api.send("PATCH", path, api.owner(), Map.of("enabled", false, "format", "ocsf"))
                        .statusCode())
                .isEqualTo(200);
        api.send("POST", path + "/test", api.owner(), null);
        assertThat(api.send("DELETE", path, api.owner(), null).statusCode()).isEqualTo(204);
        assertThat(api.get(path, api.owner()).statusCode()).isEqualTo(404);
        assertThat(api.database.look("SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit_events"
                        + " WHERE resource_type = 'audit_sink' AND resource_target = 'tracked'"))
                .isEqualTo("create write write delete");
        assertThat(api.database.look("SELECT diff FROM audit_events WHERE resource_target = 'tracked'"
                        + " AND action = 'write' ORDER BY sequence LIMIT 1"))
                .contains("\"enabled\"", "\"ocsf\"");
    }

    @Test
    void aStoredSecretIsNotSentElsewhere() {
        String path = id(create(splunk("moved")));
        var elsewhere = Map.of("settings", Map.of("url", "https://evil.example.com"));
        var refused = api.send("PATCH", path, api.owner(), elsewhere);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("secrets.token");
        var again =
                Map.of("settings", Map.of("url", "https://other.example.com"), "secrets", Map.of("token", "another"));
        assertThat(api.send("PATCH", path, api.owner(), again).statusCode()).isEqualTo(200);
        var kept = Map.of("settings", Map.of("url", "https://other.example.com", "index", "audit"));
        var changed = api.send("PATCH", path, api.owner(), kept);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(TestApi.json(changed).get("secrets").toString()).isEqualTo("[\"token\"]");
    }

    @Test
    void whatIsWrongIsToldAndNothingIsMade() {
        Map<String, Object> good = splunk("good");
        record Case(String key, Object value, String told) {}
        for (var bad : List.of(
                new Case("name", "../etc", "name"),
                new Case("name", "", "name"),
                new Case("name", "a".repeat(33), "name"),
                new Case("name", "a\nb", "name"),
                new Case("transport", "carrier-pigeon", "transport"),
                new Case("format", "xml", "format"),
                new Case("settings", Map.of(), "settings.url"),
                new Case("settings", Map.of("url", "http://splunk.example.com"), "settings.url"),
                new Case("settings", Map.of("url", "https://user:word@splunk.example.com"), "settings.url"),
                new Case("settings", Map.of("url", "file:///etc/passwd"), "settings.url"),
                new Case("settings", Map.of("url", "http://169.254.169.254/latest"), "settings.url"),
                new Case("settings", Map.of("url", "https://a.example", "index", "a\r\nX: y"), "settings.index"),
                new Case("settings", Map.of("url", "https://a.example", "index", "x".repeat(2000)), "settings.index"),
                new Case("settings", Map.of("url", "https://a.example", "token", "x"), "settings"),
                new Case("settings", Map.of("url", "https://a.example", "ca_certificates", "none"), "settings.ca"),
                new Case("secrets", Map.of(), "secrets.token"),
                new Case("secrets", Map.of("token", "a\nb"), "secrets.token"),
                new Case("secrets", Map.of("token", "x", "other", "y"), "secrets"))) {
            var body = new HashMap<>(good);
            body.put(bad.key(), bad.value());
            var answer = create(body);
            assertThat(answer.statusCode()).as("%s: %s", bad, answer.body()).isEqualTo(400);
            assertThat(answer.body()).as("%s", bad).contains(bad.told());
        }
        for (String body : List.of(
                "{\"name\":\"x\",\"transport\":\"webhook\",\"format\":\"json\",\"settings\":{\"url\":null}}",
                "{\"name\":\"x\",\"transport\":\"webhook\",\"format\":\"json\",\"settings\":[]}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":\"x\",\"transport\":\"file\",\"format\":\"json\",\"from_index\":-1}",
                "{\"name\":\"x\",\"transport\":\"file\",\"format\":\"json\",\"from_index\":99999999}",
                "{}",
                "[]",
                "null")) {
            assertThat(create(body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(api.get(SinkWorld.SINKS, api.owner()).body()).doesNotContain("\"good\"", "\"x\"");
    }

    @Test
    void documentsAreForElasticAndTlsIsForOtherMachines() {
        var elastic = new HashMap<String, Object>(Map.of("name", "el", "transport", "elastic", "format", "cef"));
        elastic.put("settings", Map.of("url", "https://elastic.example.com"));
        assertThat(create(elastic).body()).contains("format");
        var syslog = new HashMap<String, Object>(Map.of("name", "sy", "transport", "syslog", "format", "cef"));
        syslog.put("settings", Map.of("host", "syslog.example.com", "tls", "false"));
        assertThat(create(syslog).statusCode()).isEqualTo(400);
        syslog.put("settings", Map.of("host", "127.0.0.1", "tls", "false"));
        assertThat(create(syslog).statusCode()).isEqualTo(201);
    }

    @Test
    void aNameIsTakenOnceAndTheirNumberIsLimited() {
        id(create(splunk("taken")));
        assertThat(create(splunk("taken")).statusCode()).isEqualTo(409);
        int made = 0;
        while (create(splunk("many-" + made)).statusCode() == 201) {
            made++;
            assertThat(made).isLessThanOrEqualTo(SinkRules.MOST_SINKS);
        }
        api.database.execute("DELETE FROM audit_sinks WHERE name LIKE 'many-%'");
    }

    @Test
    void auditorsSeeAndOwnersDecide() {
        String path = id(create(splunk("seen")));
        String auditor = api.person("the-auditor");
        api.send("PUT", "/api/v2/users/the-auditor/roles", api.owner(), Map.of("roles", List.of("auditor")));
        assertThat(api.get(path, auditor).statusCode()).isEqualTo(200);
        assertThat(api.get(SinkWorld.SINKS, auditor).body()).contains("\"seen\"");
        assertThat(api.send("POST", SinkWorld.SINKS, auditor, splunk("x")).statusCode())
                .isEqualTo(403);
        assertThat(api.send("PATCH", path, auditor, Map.of("enabled", false)).statusCode())
                .isEqualTo(403);
        assertThat(api.send("POST", path + "/test", auditor, null).statusCode()).isEqualTo(403);
        assertThat(api.send("DELETE", path, auditor, null).statusCode()).isEqualTo(403);
    }

    @Test
    void othersCannotTellASinkFromNone() {
        String path = id(create(splunk("hidden")));
        String none = SinkWorld.SINKS + "/" + UUID.randomUUID();
        String organizationAuditor = api.person("org-auditor");
        api.send(
                "PUT",
                "/api/v2/organizations/" + api.organization() + "/members/org-auditor/roles",
                api.owner(),
                Map.of("roles", List.of("organization-auditor")));
        String administrator = api.person("org-admin");
        api.send(
                "PUT",
                "/api/v2/organizations/" + api.organization() + "/members/org-admin/roles",
                api.owner(),
                Map.of("roles", List.of("organization-admin")));
        for (String token :
                List.of(api.person("somebody"), api.outsider("elsewhere"), organizationAuditor, administrator)) {
            for (String method : List.of("GET", "DELETE", "PATCH")) {
                var real = api.send(method, path, token, method.equals("PATCH") ? Map.of() : null);
                var missing = api.send(method, none, token, method.equals("PATCH") ? Map.of() : null);
                assertThat(real.statusCode()).isIn(403, 404).isEqualTo(missing.statusCode());
                assertThat(real.body()).isEqualTo(missing.body());
            }
            assertThat(api.send("POST", SinkWorld.SINKS, token, splunk("y")).statusCode())
                    .isEqualTo(403);
            assertThat(api.get(SinkWorld.SINKS, token).body()).doesNotContain("hidden");
        }
        assertThat(api.get(path, api.owner()).statusCode()).isEqualTo(200);
    }
}
