package dev.cloister.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reports on use, made of minutes that were stored before. */
class InsightRoutesTest {
    private static final String YAML = """
            version: 1
            parameters:
              - {name: size, type: number, default: 2}
            """;
    private static final Instant YESTERDAY =
            Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));

    private static TestWorkspaces world;
    private static String member;
    private static String outsider;
    private static String template;
    private static String other;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
        template = world.template("asked", YAML);
        other = world.template("other", TestWorkspaces.PLAIN);
        world.create(member, template, "one");
        use(template, "mara", YESTERDAY, 0b111, 0b011, 30);
        use(other, "mara", YESTERDAY, 0b110, 0, 0);
        use(template, "admin", YESTERDAY.plus(Duration.ofHours(23)), 0b1, 0b1, 10);
        use(template, "mara", YESTERDAY.minus(Duration.ofDays(2)), 0b1, 0, 0);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static void use(String of, String user, Instant at, int used, int ssh, double latency) {
        world.api.database.execute("""
                INSERT INTO template_usage (started_at, template_id, user_id, used, ssh, reconnecting_pty, vscode,
                    jetbrains, latency_total_ms, latency_samples)
                VALUES ('%s', '%s', (SELECT id FROM users WHERE username = '%s'), %d, %d, 0, 0, 0, %s, %d)""".formatted(at, of, user, used, ssh, latency, latency > 0 ? 1 : 0));
    }

    private static String times(Instant from, Instant to) {
        return "?start_time=" + from + "&end_time=" + to;
    }

    private static String yesterday() {
        return times(YESTERDAY, YESTERDAY.plus(Duration.ofDays(1)));
    }

    private static JsonNode get(String path) {
        var response = world.api.get(path, world.api.owner());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return TestApi.json(response);
    }

    @Test
    void peopleAreCountedDayByDayAndDaysWithoutAnybodyAreShown() {
        JsonNode days = get("/api/v2/insights/daus");
        LocalDate yesterday = LocalDate.ofInstant(YESTERDAY, ZoneOffset.UTC);
        assertThat(days.findValuesAsString("date"))
                .containsExactly(
                        yesterday.minusDays(2).toString(),
                        yesterday.minusDays(1).toString(),
                        yesterday.toString(),
                        yesterday.plusDays(1).toString());
        assertThat(days.findValuesAsString("amount")).containsExactly("1", "0", "2", "0");
        JsonNode elsewhere = get("/api/v2/insights/daus?tz_offset=2");
        assertThat(elsewhere.get("tz_hour_offset").asInt()).isEqualTo(2);
        // 23:00 in UTC is the next day two hours to the east.
        assertThat(elsewhere.findValuesAsString("amount")).startsWith("1", "0", "1", "1");
        assertThat(get("/api/v2/templates/" + other + "/daus").findValuesAsString("amount"))
                .first()
                .isEqualTo("1");
        assertThat(world.api
                        .get("/api/v2/insights/daus?tz_offset=99", world.api.owner())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aMinuteInTwoTemplatesIsOneMinuteOfAPerson() {
        JsonNode report = get("/api/v2/insights/user-activity" + yesterday()).get("report");
        assertThat(report.at("/users/0/username").asString()).isEqualTo("admin");
        assertThat(report.at("/users/1/username").asString()).isEqualTo("mara");
        assertThat(report.at("/users/1/seconds").asInt()).isEqualTo(180);
        assertThat(report.at("/users/1/template_ids")).hasSize(2);
        assertThat(report.get("template_ids")).hasSize(2);
        JsonNode one = get("/api/v2/insights/user-activity" + yesterday() + "&template_ids=" + other)
                .get("report");
        assertThat(one.at("/users/0/seconds").asInt()).isEqualTo(120);
        assertThat(one.get("users")).hasSize(1);
    }

    @Test
    void latencyIsThatOfWhoseAgentsMeasuredIt() {
        JsonNode users = get("/api/v2/insights/user-latency" + yesterday()).at("/report/users");
        assertThat(users.findValuesAsString("username")).containsExactly("admin", "mara");
        assertThat(users.at("/1/latency_ms/p50").asDouble()).isEqualTo(30);
    }

    @Test
    void aTemplatesReportHasItsPeopleAppsParametersAndParts() {
        world.api.database.execute("""
                INSERT INTO connection_logs (id, organization_id, workspace_id, workspace_owner_id, workspace_name,
                    agent_name, type, user_id, address, user_agent, slug_or_port, connected_at, disconnected_at, server_id)
                SELECT gen_random_uuid(), w.organization_id, w.id, w.owner_id, w.name, 'main', 'workspace_app', w.owner_id,
                    '', '', 'web', now() - interval '20 minutes', now() - interval '10 minutes', gen_random_uuid()
                FROM workspaces w, generate_series(1, 2) WHERE w.name = 'one'""");
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        String query = times(YESTERDAY, end) + "&interval=day&template_ids=" + template;
        JsonNode answer = get("/api/v2/insights/templates" + query);
        JsonNode report = answer.get("report");
        assertThat(report.get("active_users").asInt()).isEqualTo(2);
        assertThat(report.get("apps_usage").findValuesAsString("slug"))
                .containsExactly("vscode", "jetbrains", "reconnecting-pty", "ssh", "sftp", "web");
        assertThat(report.at("/apps_usage/3/seconds").asInt()).isEqualTo(180);
        assertThat(report.at("/apps_usage/3/type").asString()).isEqualTo("builtin");
        assertThat(report.at("/apps_usage/5/seconds").asInt()).isEqualTo(600);
        assertThat(report.at("/apps_usage/5/times_used").asInt()).isEqualTo(2);
        assertThat(report.at("/apps_usage/5/type").asString()).isEqualTo("app");
        assertThat(report.at("/parameters_usage/0/name").asString()).isEqualTo("size");
        assertThat(report.at("/parameters_usage/0/type").asString()).isEqualTo("number");
        assertThat(report.at("/parameters_usage/0/values").toString()).isEqualTo("[{\"value\":\"2\",\"count\":1}]");
        assertThat(report.at("/parameters_usage/0/template_ids/0").asString()).isEqualTo(template);
        assertThat(answer.at("/interval_reports/0/active_users").asInt()).isEqualTo(2);
        assertThat(answer.at("/interval_reports/0/interval").asString()).isEqualTo("day");
        assertThat(answer.get("interval_reports")).hasSize(2);
        assertThat(get("/api/v2/insights/templates" + query + "&sections=interval_reports")
                        .has("report"))
                .isFalse();
    }

    @Test
    void aTableOfAReportHoldsNoFormulas() {
        String query = times(YESTERDAY, YESTERDAY.plus(Duration.ofDays(1)));
        var table = world.api.get("/api/v2/insights/templates" + query + "&format=csv", world.api.owner());
        assertThat(table.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(table.body()).contains("builtin,ssh,SSH,,0,180\r\n");
        assertThat(UsageTable.cell("=HYPERLINK(\"x\")")).isEqualTo("\"'=HYPERLINK(\"\"x\"\")\"");
        assertThat(UsageTable.cell("@a")).isEqualTo("'@a");
        assertThat(UsageTable.cell("a,b")).isEqualTo("\"a,b\"");
    }

    @Test
    void changesOfStatusAreCountedFromTheMomentTheyHappen() {
        world.api.person("sue");
        world.api.send("PUT", "/api/v2/users/sue/status/suspend", world.api.owner(), null);
        JsonNode counts =
                get("/api/v2/insights/user-status-counts?timezone=Europe/Paris").get("status_counts");
        assertThat(counts.propertyNames()).contains("active", "suspended", "dormant");
        assertThat(counts.get("suspended").findValuesAsString("count").getLast())
                .isEqualTo("1");
        assertThat(counts.get("suspended").findValuesAsString("count").getFirst())
                .isEqualTo("0");
        assertThat(counts.get("active")).hasSize(61);
        for (String wrong : List.of("timezone=Nowhere/Land", "tz_offset=15")) {
            assertThat(world.api
                            .get("/api/v2/insights/user-status-counts?" + wrong, world.api.owner())
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        for (String wrong : List.of(
                "",
                "?start_time=" + now,
                "?start_time=soon&end_time=" + now,
                times(now, now),
                times(now, now.minus(Duration.ofHours(1))),
                times(now.minus(Duration.ofDays(500)), now),
                times(now, now.plus(Duration.ofDays(3))),
                times(now.minusSeconds(90), now),
                times(now.minus(Duration.ofHours(2)), now) + "&template_ids=x",
                "?start_time=-999999999-01-01T00:00:00Z&end_time=" + now)) {
            assertThat(world.api
                            .get("/api/v2/insights/user-activity" + wrong, world.api.owner())
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        String short_ = times(now.minus(Duration.ofDays(2)), now);
        assertThat(world.api
                        .get("/api/v2/insights/templates" + short_ + "&interval=week", world.api.owner())
                        .statusCode())
                .isEqualTo(400);
        String plus = URLEncoder.encode("2024-01-31T00:00:00+02:00", StandardCharsets.UTF_8);
        assertThat(world.api
                        .get(
                                "/api/v2/insights/templates?start_time=" + plus
                                        + "&end_time=2024-02-28T00:00:00%2B02:00&interval=week",
                                world.api.owner())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void insightsAreForWhoMaySeeThemAndOutsidersCannotTellATemplateFromNone() {
        String author = world.api.person("tina");
        world.api.database.execute("UPDATE organization_members SET roles = '{organization-template-admin}'"
                + " WHERE user_id = (SELECT id FROM users WHERE username = 'tina')");
        for (String path : List.of("user-activity", "user-latency", "templates")) {
            String all = "/api/v2/insights/" + path + yesterday();
            assertThat(world.api.get(all, member).statusCode()).as(path).isEqualTo(403);
            assertThat(world.api.get(all, author).statusCode()).as(path).isEqualTo(403);
            assertThat(world.api.get(all + "&template_ids=" + template, author).statusCode())
                    .as(path)
                    .isEqualTo(200);
            var foreign = world.api.get(all + "&template_ids=" + template + "," + UUID.randomUUID(), author);
            assertThat(foreign.statusCode()).isEqualTo(404);
        }
        String stranger = world.api.outsider("sam");
        world.api.database.execute("UPDATE organization_members SET roles = '{organization-admin}'"
                + " WHERE user_id = (SELECT id FROM users WHERE username = 'sam')");
        var foreign = world.api.get("/api/v2/templates/" + template + "/daus", stranger);
        var missing = world.api.get("/api/v2/templates/" + UUID.randomUUID() + "/daus", stranger);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(missing.body());
        assertThat(world.api
                        .get("/api/v2/templates/" + template + "/daus", member)
                        .statusCode())
                .isEqualTo(403);
        for (String path : List.of("daus", "user-status-counts")) {
            assertThat(world.api.get("/api/v2/insights/" + path, member).statusCode())
                    .as(path)
                    .isEqualTo(403);
            assertThat(world.api.get("/api/v2/insights/" + path, outsider).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }
}
