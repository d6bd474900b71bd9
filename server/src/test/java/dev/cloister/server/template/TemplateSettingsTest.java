package dev.cloister.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a template decides for its workspaces, its versions in bulk, and the search for templates. */
class TemplateSettingsTest {
    private static TestWorkspaces world;
    private static String member;
    private static String outsider;

    @BeforeAll
    static void start() {
        world = TestWorkspaces.started();
        member = world.api.person("mara");
        outsider = world.api.outsider("otto");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static String path(String template) {
        return "/api/v2/templates/" + template;
    }

    private static String template(String name) {
        return world.template(name, TestWorkspaces.PLAIN + "# " + name);
    }

    private static JsonNode get(String template) {
        return TestApi.json(world.api.get(path(template), world.api.owner()));
    }

    private static Map<String, Object> everything() {
        var all = new LinkedHashMap<String, Object>();
        all.put("default_ttl_ms", 28_800_000);
        all.put("activity_bump_ms", 0);
        all.put("autostop_requirement", Map.of("days_of_week", List.of("sunday", "monday"), "weeks", 2));
        all.put("autostart_requirement", Map.of("days_of_week", List.of("tuesday")));
        all.put("allow_user_autostart", false);
        all.put("allow_user_autostop", false);
        all.put("allow_user_cancel_workspace_jobs", false);
        all.put("failure_ttl_ms", 60_000);
        all.put("time_til_dormant_ms", 120_000);
        all.put("time_til_dormant_autodelete_ms", 180_000);
        all.put("time_til_autostop_notify_ms", 240_000);
        all.put("require_active_version", true);
        all.put("max_port_share_level", "organization");
        all.put("cors_behavior", "passthru");
        all.put("use_classic_parameter_flow", false);
        all.put("disable_module_cache", true);
        all.put("deprecation_message", "Use another.");
        return all;
    }

    @Test
    void aTemplateBeginsWithTheUsualSettings() {
        JsonNode made = get(template("usual"));
        assertThat(made.get("activity_bump_ms").asLong()).isEqualTo(3_600_000);
        assertThat(made.at("/autostart_requirement/days_of_week")).hasSize(7);
        assertThat(made.at("/autostop_requirement/days_of_week")).isEmpty();
        assertThat(made.at("/autostop_requirement/weeks").asInt()).isEqualTo(1);
        assertThat(made.get("allow_user_autostart").asBoolean()).isTrue();
        assertThat(made.get("max_port_share_level").asString()).isEqualTo("owner");
        assertThat(made.get("use_classic_parameter_flow").asBoolean()).isTrue();
    }

    @Test
    void everySettingIsKeptAndWhatIsNotNamedStays() {
        String template = template("settled");
        var changed = world.api.send("PATCH", path(template), world.api.owner(), everything());
        assertThat(changed.statusCode()).isEqualTo(200);
        JsonNode kept = get(template);
        everything().forEach((field, value) -> {
            if (!(value instanceof Map)) {
                assertThat(kept.get(field).asString()).as(field).isEqualTo(value.toString());
            }
        });
        assertThat(kept.at("/autostop_requirement").toString())
                .isEqualTo("{\"days_of_week\":[\"monday\",\"sunday\"],\"weeks\":2}");
        assertThat(kept.at("/autostart_requirement/days_of_week").toString()).isEqualTo("[\"tuesday\"]");
        assertThat(kept.get("deprecated").asBoolean()).isTrue();
        assertThat(kept.get("name").asString()).isEqualTo("settled");
        world.api.send("PATCH", path(template), world.api.owner(), Map.of("deprecation_message", ""));
        assertThat(get(template).get("deprecated").asBoolean()).isFalse();
        assertThat(get(template).get("failure_ttl_ms").asLong()).isEqualTo(60_000);
    }

    @Test
    void theAuditLogNamesEachSettingThatChanged() {
        String template = template("audited");
        world.api.send(
                "PATCH",
                path(template),
                world.api.owner(),
                Map.of("failure_ttl_ms", 1000, "allow_user_autostop", false));
        var log = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + template, world.api.owner()));
        JsonNode difference = log.at("/audit_logs/0/diff");
        assertThat(difference.propertyNames()).containsExactlyInAnyOrder("failure_ttl", "allow_user_autostop");
        assertThat(difference.at("/failure_ttl/new").asLong()).isEqualTo(1000);
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedByFieldAndNothingChanges() {
        String template = template("sensible");
        var wrong = new LinkedHashMap<String, Object>();
        wrong.put("default_ttl_ms", -1);
        wrong.put("activity_bump_ms", Long.MAX_VALUE);
        wrong.put("failure_ttl_ms", -5);
        wrong.put("time_til_dormant_ms", -5);
        wrong.put("autostop_requirement", Map.of("days_of_week", List.of("someday"), "weeks", 17));
        wrong.put("autostart_requirement", Map.of("days_of_week", List.of("monday", "monday")));
        wrong.put("name", "not good");
        wrong.put("display_name", "two\nlines");
        wrong.put("deprecation_message", "x".repeat(9000));
        var refused = world.api.send("PATCH", path(template), world.api.owner(), wrong);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TestApi.json(refused).get("validations").findValuesAsString("field"))
                .contains(
                        "default_ttl_ms",
                        "activity_bump_ms",
                        "failure_ttl_ms",
                        "time_til_dormant_ms",
                        "autostop_requirement.days_of_week",
                        "autostop_requirement.weeks",
                        "autostart_requirement.days_of_week",
                        "name",
                        "display_name",
                        "deprecation_message");
        assertThat(get(template).get("failure_ttl_ms").asLong()).isZero();
        for (Map<String, Object> odd : List.<Map<String, Object>>of(
                Map.of("max_port_share_level", "everybody"),
                Map.of("cors_behavior", 7),
                Map.of("failure_ttl_ms", "soon"),
                Map.of("autostop_requirement", List.of()))) {
            assertThat(world.api
                            .send("PATCH", path(template), world.api.owner(), odd)
                            .statusCode())
                    .as(odd.toString())
                    .isEqualTo(400);
        }
        // Who may not change it is told so and nothing about the body.
        assertThat(world.api.send("PATCH", path(template), member, wrong).statusCode())
                .isEqualTo(403);
        assertThat(world.api.send("PATCH", path(template), outsider, wrong).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeprecatedTemplateRefusesNewWorkspacesWithItsMessageAndLeavesListsUnlessAskedFor() {
        String template = template("faded");
        world.api.send(
                "PATCH", path(template), world.api.owner(), Map.of("deprecation_message", "Take the other one."));
        var refused = world.api.send(
                "POST", "/api/v2/users/me/workspaces", member, Map.of("template_id", template, "name", "late"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Take the other one.");
        String all = "/api/v2/templates?q=exact_name:faded";
        assertThat(world.api.get(all, member).body()).isEqualTo("[]");
        assertThat(world.api.get(all + "%20deprecated:true", member).body()).contains(template);
        String ofOrganization = "/api/v2/organizations/default/templates";
        assertThat(world.api.get(ofOrganization, member).body()).contains(template);
        assertThat(world.api
                        .get(ofOrganization + "?q=exact_name:faded%20deprecated:false", member)
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void templatesAreFoundByEveryKeyAndAnUnknownKeyIsRefused() {
        String template = template("findable");
        world.api.send("PATCH", path(template), world.api.owner(), Map.of("display_name", "Find Me"));
        for (String query : List.of(
                "findable",
                "name:find",
                "exact_name:FINDABLE",
                "display_name:find",
                "exact_display_name:%22find%20me%22",
                "organization:default%20findable",
                "author:admin%20findable",
                "ids:" + template,
                "deprecated:any%20findable",
                "has-ai-task:false%20findable",
                "deleted:false%20findable")) {
            var found = TestApi.json(world.api.get("/api/v2/templates?q=" + query, member));
            assertThat(found.findValuesAsString("id")).as(query).containsExactly(template);
        }
        for (String none :
                List.of("has-ai-task:true", "has_external_agent:true", "author:me", "ids:" + UUID.randomUUID())) {
            assertThat(world.api
                            .get("/api/v2/templates?q=findable%20" + none, member)
                            .body())
                    .as(none)
                    .isEqualTo("[]");
        }
        for (String wrong : List.of("nonsense:1", "ids:7", "author_id:x", "deleted:perhaps", "name:%22open")) {
            assertThat(world.api.get("/api/v2/templates?q=" + wrong, member).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(world.api.get("/api/v2/templates?q=findable", outsider).body())
                .isEqualTo("[]");
    }

    @Test
    void unusedVersionsAreArchivedAtOnceAndWhatIsUsedIsKept() {
        String template = template("crowded");
        String used = get(template).get("active_version_id").asString();
        world.running(member, template, "user-of-the-first");
        var versions = new ArrayList<String>();
        for (String yaml :
                List.of(TestWorkspaces.PLAIN + "# second", "version: 7\n", TestWorkspaces.PLAIN + "# third")) {
            versions.add(world.imported(world.version(yaml, template)).get("id").asString());
        }
        String active = versions.getLast();
        world.api.send("PATCH", path(template) + "/versions", world.api.owner(), Map.of("id", active));
        String archive = path(template) + "/versions/archive";
        assertThat(world.api.send("POST", archive, member, Map.of("all", true)).statusCode())
                .isEqualTo(403);
        assertThat(world.api
                        .send("POST", archive, outsider, Map.of("all", true))
                        .statusCode())
                .isEqualTo(404);
        var failed = TestApi.json(world.api.send("POST", archive, world.api.owner(), Map.of()));
        assertThat(failed.get("archived_ids").toString()).isEqualTo("[\"" + versions.get(1) + "\"]");
        var all = TestApi.json(world.api.send("POST", archive, world.api.owner(), Map.of("all", true)));
        assertThat(all.get("template_id").asString()).isEqualTo(template);
        assertThat(all.get("archived_ids").toString()).isEqualTo("[\"" + versions.get(0) + "\"]");
        var left = TestApi.json(world.api.get(path(template) + "/versions", world.api.owner()));
        assertThat(left.findValuesAsString("id")).contains(used, active).doesNotContain(versions.get(0));
        assertThat(TestApi.json(world.api.get(path(template) + "/versions?include_archived=true", world.api.owner())))
                .hasSize(4);
        var log = TestApi.json(world.api.get("/api/v2/audit?q=resource_id:" + template, world.api.owner()));
        assertThat(log.at("/audit_logs/0/additional_fields/archived_versions").asString())
                .isEqualTo(versions.get(0));
    }

    @Test
    void dormantWorkspacesFollowTheTemplatesTimeUntilTheyAreDeleted() {
        String template = template("drowsy");
        String workspace = world.running(member, template, "asleep");
        world.api.database.execute(
                "UPDATE workspaces SET dormant_at = '2020-01-01T00:00:00Z' WHERE id = '" + workspace + "'");
        String when =
                "SELECT extract(epoch FROM deleting_at - dormant_at) || ' ' || (dormant_at > now() - interval '1 hour')"
                        + " FROM workspaces WHERE id = '" + workspace + "'";
        world.api.send("PATCH", path(template), world.api.owner(), Map.of("time_til_dormant_autodelete_ms", 60_000));
        assertThat(world.api.database.look(when)).isEqualTo("60.000000 false");
        world.api.send(
                "PATCH",
                path(template),
                world.api.owner(),
                Map.of("time_til_dormant_autodelete_ms", 120_000, "update_workspace_dormant_at", true));
        assertThat(world.api.database.look(when)).isEqualTo("120.000000 true");
        world.api.send("PATCH", path(template), world.api.owner(), Map.of("time_til_dormant_autodelete_ms", 0));
        assertThat(world.api.database.look("SELECT deleting_at IS NULL FROM workspaces WHERE id = '" + workspace + "'"))
                .isEqualTo("t");
    }

    @Test
    void anOutsiderCannotTellANameOfAnOrganizationFromNone() {
        for (String[] call : new String[][] {
            {"GET", "/templates/examples"}, {"GET", "/templates"}, {"POST", "/templates"}, {"POST", "/templateversions"}
        }) {
            Object body = call[0].equals("GET") ? null : Map.of();
            var foreign = world.api.send(call[0], "/api/v2/organizations/default" + call[1], outsider, body);
            var missing = world.api.send(call[0], "/api/v2/organizations/nowhere" + call[1], outsider, body);
            assertThat(foreign.statusCode()).as(call[1]).isEqualTo(404);
            assertThat(foreign.body()).isEqualTo(missing.body());
        }
    }

    @Test
    void useCanBeCountedFromNowForAllWorkspacesOfATemplate() {
        String template = template("awake");
        String workspace = world.running(member, template, "sleepy");
        world.api.database.execute("UPDATE workspaces SET last_used_at = '2001-01-01' WHERE id = '" + workspace + "'");
        world.api.send("PATCH", path(template), world.api.owner(), Map.of("update_workspace_last_used_at", true));
        assertThat(world.api.database.look(
                        "SELECT last_used_at > now() - interval '1 hour' FROM workspaces WHERE id = '" + workspace
                                + "'"))
                .isEqualTo("t");
    }
}
