package dev.cloister.server.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloister.provisioner.terraform.TerraformEngine;
import dev.cloister.provisioner.terraform.TerraformSettings;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestWorkspaces;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Templates in Terraform through the API, by the real program; what they make is nothing but Terraform's own. */
final class TerraformWorkspaceTest {
    private static final String TEMPLATE = """
            terraform {
              required_providers {
                coder = { source = "coder/coder" }
              }
            }
            variable "password" {
              type      = string
              default   = "swordfish"
              sensitive = true
            }
            data "coder_workspace" "me" {}
            data "coder_workspace_owner" "me" {}
            data "coder_parameter" "size" {
              name    = "size"
              type    = "number"
              default = 2
              mutable = true
              validation {
                min = 1
                max = 8
              }
            }
            data "coder_workspace_preset" "big" {
              name       = "Big"
              parameters = { size = 8 }
            }
            resource "coder_agent" "main" {
              os   = "linux"
              arch = "amd64"
            }
            resource "coder_agent" "side" {
              os   = "linux"
              arch = "amd64"
            }
            resource "coder_app" "code" {
              agent_id = coder_agent.main.id
              slug     = "code"
              url      = "http://localhost:8080"
            }
            resource "terraform_data" "box" {
              count = data.coder_workspace.me.start_count
              input = [coder_agent.main.token, coder_agent.side.token, data.coder_parameter.size.value,
                data.coder_workspace_owner.me.email, data.coder_workspace.me.template_name]
            }
            resource "coder_metadata" "box" {
              count       = data.coder_workspace.me.start_count
              resource_id = terraform_data.box[0].id
              daily_cost  = data.coder_parameter.size.value
              hide        = true
              item {
                key       = "key"
                value     = "value"
                sensitive = true
              }
            }
            """;

    @TempDir
    static Path directory;

    private static TestWorkspaces world;
    private static String olga;
    private static String template;

    @BeforeAll
    static void begin() throws Exception {
        boolean here = Arrays.stream(System.getenv("PATH").split(":"))
                .flatMap(path -> Stream.of(Path.of(path, "terraform"), Path.of(path, "tofu")))
                .anyMatch(Files::isExecutable);
        assumeThat(here)
                .as("TerraformWorkspaceTest is skipped: neither terraform nor tofu is on the PATH")
                .isTrue();
        String self = System.getProperty("user.name");
        world = new TestWorkspaces(
                TestWorkspaces.PATIENT,
                TerraformEngine.open(new TerraformSettings(
                        directory,
                        Optional.empty(),
                        self.equals("root") ? Optional.empty() : Optional.of(self),
                        300_000,
                        List.of(),
                        Duration.ofMinutes(2),
                        1L << 30,
                        () -> URI.create("https://cloister.example.com"),
                        Map.of("linux_amd64", "start"))));
        world.api.setUp();
        world.start();
        world.api.database.execute("UPDATE groups SET quota_allowance = 5");
        olga = world.api.person("olga");
        template = world.template("tf", Map.of("main.tf", TEMPLATE));
    }

    @AfterAll
    static void end() {
        if (world != null) {
            world.close();
        }
    }

    private static JsonNode resources(JsonNode workspace) {
        return workspace.at("/latest_build/resources");
    }

    @Test
    void anImportFindsWhatTheTemplateAsks() {
        String version = world.api.database.look("SELECT active_version_id FROM templates WHERE name = 'tf'");
        String path = "/api/v2/templateversions/" + version;
        var parameters = TestApi.json(world.api.get(path + "/rich-parameters", olga));
        assertThat(parameters.get(0).path("name").asString()).isEqualTo("size");
        assertThat(parameters.get(0).path("validation_max").asInt()).isEqualTo(8);
        assertThat(TestApi.json(world.api.get(path + "/presets", olga))
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("Big");
        var variable = TestApi.json(world.api.get(path + "/variables", world.api.owner()))
                .get(0);
        assertThat(variable.path("sensitive").asBoolean()).isTrue();
        assertThat(variable.toString()).doesNotContain("swordfish");
        var planned = TestApi.json(world.api.get(path + "/resources", olga)).get(0);
        assertThat(planned.path("agents").size()).isEqualTo(2);
    }

    @Test
    void aBuildMakesItsAgentsAndKeepsItsStateEncrypted() {
        String id = world.create(olga, template, "one").get("id").asString();
        var running = world.awaitStatus(olga, id, "running");

        var box = resources(running).get(0);
        assertThat(box.path("name").asString()).isEqualTo("box");
        assertThat(box.path("hide").asBoolean()).isTrue();
        assertThat(box.path("daily_cost").asInt()).isEqualTo(2);
        assertThat(box.at("/metadata/0/sensitive").asBoolean()).isTrue();
        assertThat(box.path("agents"))
                .extracting(agent -> agent.path("name").asString())
                .containsExactly("main", "side");
        assertThat(box.at("/agents/0/apps/0/slug").asString()).isEqualTo("code");

        String build = running.at("/latest_build/id").asString();
        String state = "/api/v2/workspacebuilds/" + build + "/state";
        assertThat(world.api.get(state, olga).statusCode()).isEqualTo(403);
        String shown = world.api.get(state, world.api.owner()).body();
        assertThat(shown).contains("\"terraform_version\"", "olga@example.com", "\"tf\"");
        assertThat(world.api.database.look("SELECT encode(state, 'escape') FROM workspace_build_states"
                        + " WHERE workspace_build_id = '" + build + "'"))
                .doesNotContain("terraform_version");
        assertThat(world.log(olga, build)).contains("Apply complete").doesNotContain("swordfish");

        world.build(
                olga,
                id,
                Map.of("transition", "start", "rich_parameter_values", List.of(Map.of("name", "size", "value", "3"))));
        var again = TestWorkspaces.until(
                () -> world.workspace(olga, id),
                node -> node.at("/latest_build/build_number").asInt() == 2
                        && node.at("/latest_build/status").asString().equals("running"));
        assertThat(resources(again).get(0).path("daily_cost").asInt()).isEqualTo(3);

        world.build(olga, id, "stop");
        assertThat(resources(world.awaitStatus(olga, id, "stopped")).size()).isZero();
        world.build(olga, id, "delete");
        world.awaitStatus(olga, id, "deleted");
    }

    @Test
    void aWorkspaceThatCostsTooMuchIsNotMade() {
        String id = TestWorkspaces.created(world.api.send(
                        "POST",
                        "/api/v2/users/me/workspaces",
                        world.api.person("pia"),
                        Map.of(
                                "template_id",
                                template,
                                "name",
                                "dear",
                                "rich_parameter_values",
                                List.of(Map.of("name", "size", "value", "8")))))
                .get("id")
                .asString();
        var failed = world.awaitStatus(world.api.owner(), id, "failed");
        assertThat(failed.at("/latest_build/job/error_code").asString()).isEqualTo("INSUFFICIENT_QUOTA");
        assertThat(world.api.database.look("SELECT count(*) FROM workspace_build_states s JOIN workspace_builds b"
                        + " ON b.id = s.workspace_build_id WHERE b.workspace_id = '" + id + "'"))
                .isEqualTo("0");
    }

    @Test
    void aTemplateThatFailsSaysWhereAndHarmsNothingElse() {
        String broken = TEMPLATE.replace("default = 2", "default = 99");
        var version = world.imported(world.version(Map.of("main.tf", broken), ""));
        assertThat(version.at("/job/status").asString()).isEqualTo("failed");
        assertThat(version.at("/job/error").asString()).contains("main.tf:").contains("outside of the limits");
    }
}
