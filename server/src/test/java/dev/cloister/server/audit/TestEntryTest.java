package dev.cloister.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Entries that are written to try the audit log out. */
class TestEntryTest {
    private static final String PATH = "/api/v2/audit/testgenerate";

    @Test
    void aTestEntrySaysThatItIsOneAndIsOfNow() {
        try (var api = new TestApi().setUp()) {
            var before = Instant.now().minus(1, ChronoUnit.MINUTES);
            var answer = api.send(
                    "POST",
                    PATH,
                    api.owner(),
                    Map.of("action", "delete", "resource_type", "template", "time", "2001-01-01T00:00:00Z"));
            assertThat(answer.statusCode()).isEqualTo(204);
            var entry = TestApi.json(api.get("/api/v2/audit?q=resource_type:template", api.owner()))
                    .get("audit_logs")
                    .get(0);
            assertThat(entry.toString()).contains("test_entry").contains("2001-01-01");
            assertThat(Instant.parse(entry.get("time").asString())).isAfter(before);
            assertThat(entry.at("/user/username").asString()).isEqualTo("admin");
        }
    }

    @Test
    void aTestEntryHasTheFieldsThatWereAskedForAndIsFoundByTheNameOfItsOrganization() {
        try (var api = new TestApi().setUp()) {
            var answer = api.send(
                    "POST",
                    PATH,
                    api.owner(),
                    Map.of(
                            "organization_id", api.organization(),
                            "additional_fields", Map.of("ticket", "T-1", "count", 3, "test_entry", "false")));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
            var found = api.get("/api/v2/audit?q=organization:default", api.owner());
            var fields = TestApi.json(found).get("audit_logs").get(0).get("additional_fields");
            assertThat(fields.get("ticket").asString()).isEqualTo("T-1");
            assertThat(fields.get("count").asString()).isEqualTo("3");
            assertThat(fields.get("test_entry").asString()).isEqualTo("true");
            assertThat(TestApi.json(api.get("/api/v2/audit?q=organization:nowhere", api.owner()))
                            .get("count")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void onlyOwnersWriteThemAndOnlyOfKnownKinds() {
        try (var api = new TestApi().setUp()) {
            assertThat(api.send("POST", PATH, api.person("ann"), Map.of()).statusCode())
                    .isEqualTo(403);
            for (var body : List.of(
                    Map.of("action", "login"),
                    Map.of("action", "x"),
                    Map.of("resource_type", "pigeon"),
                    Map.of("additional_fields", List.of(1)),
                    Map.of("additional_fields", Map.of("k", "v".repeat(1001))),
                    Map.of("build_reason", "x"))) {
                assertThat(api.send("POST", PATH, api.owner(), body).statusCode())
                        .as("%s", body)
                        .isEqualTo(400);
            }
        }
    }
}
