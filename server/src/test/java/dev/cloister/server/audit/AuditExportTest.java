package dev.cloister.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.testing.TestApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit log as files for people and programs. */
class AuditExportTest {
    private static final String PATH = "/api/v2/audit/export";
    private static final String EVIL = "=HYPERLINK(\"x\") \u001b[31m \u202e <b> ü";

    private final TestApi api = new TestApi().setUp();

    @AfterEach
    void close() {
        api.close();
    }

    /** More than a page of the export, and a name that means harm. */
    private void fill() {
        api.database.execute("INSERT INTO audit_events (id, time, actor_name, address, user_agent, resource_type,"
                + " resource_target, action, diff, status_code, additional_fields, request_id)"
                + " SELECT gen_random_uuid(), now(), '', '192.0.2.1', '', 'workspace', '" + EVIL + "' || n, 'create',"
                + " '{}', 201, '{}', gen_random_uuid() FROM generate_series(1, 1234) AS n");
    }

    private long rows() {
        return Long.parseLong(api.database.look("SELECT count(*) FROM audit_events"));
    }

    @Test
    void everyFormatHasEveryEventOnceAndNothingInItDoesHarm() {
        fill();
        String lines = api.get(PATH, api.owner()).body();
        assertThat(lines.lines()).hasSize((int) rows()).doesNotHaveDuplicates();
        var array = TestApi.json(api.get(PATH + "?format=json", api.owner()));
        assertThat(array.size()).isEqualTo((int) rows());
        var csv = api.get(PATH + "?format=csv", api.owner());
        assertThat(csv.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(csv.body().split("\r\n")).hasSize((int) rows() + 1);
        assertThat(csv.body()).contains("\"'=HYPERLINK(\"\"x\"\") \\u001b[31m \\u202e <b> ü1234\"");
        for (String text : List.of(lines, csv.body(), array.toString())) {
            assertThat(text.replace("\r\n", "\n").chars().filter(c -> c < ' ' && c != '\n'))
                    .isEmpty();
        }
        assertThat(lines).doesNotContain("\u202e");
        assertThat(ApiJson.mapper()
                        .readTree(lines.lines().skip(2).findFirst().orElseThrow())
                        .get("resource_target")
                        .asString())
                .startsWith("=HYPER");
    }

    @Test
    void theFiltersAreThoseOfTheListAndTheExportIsOnTheLog() {
        fill();
        String lines =
                api.get(PATH + "?format=ndjson&q=action:login", api.owner()).body();
        assertThat(lines.lines()).isNotEmpty().allMatch(line -> line.contains("\"action\":\"login\""));
        var entry = TestApi.json(api.get("/api/v2/audit?limit=1", api.owner()))
                .get("audit_logs")
                .get(0);
        assertThat(entry.get("action").asString()).isEqualTo("read");
        assertThat(entry.get("resource_type").asString()).isEqualTo("audit_log");
        assertThat(entry.get("description").asString()).isEqualTo("{user} read {target}");
        assertThat(entry.get("additional_fields").toString()).contains("ndjson").contains("action:login");
        assertThat(api.get(PATH + "?q=colour:red", api.owner()).statusCode()).isEqualTo(400);
        assertThat(api.get(PATH + "?format=xlsx", api.owner()).statusCode()).isEqualTo(400);
    }

    @Test
    void anAuditorOfOneOrganizationExportsItsEventsOnly() {
        fill();
        String auditor = api.person("ann");
        api.send(
                "PUT",
                "/api/v2/organizations/" + api.organization() + "/members/ann/roles",
                api.owner(),
                Map.of("roles", List.of("organization-auditor")));
        assertThat(api.get(PATH, auditor).body().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains("\"organization_id\":\"" + api.organization()));
        assertThat(api.get(PATH, api.person("eve")).statusCode()).isEqualTo(403);
    }

    @Test
    void whatCannotBeLoggedIsNotExported() {
        api.database.execute("ALTER TABLE audit_events ADD CHECK (action <> 'read')");
        var answer = api.get(PATH, api.owner());
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).doesNotContain("audit_log\"");
    }
}
