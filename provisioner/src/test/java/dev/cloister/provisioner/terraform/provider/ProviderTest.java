package dev.cloister.provisioner.terraform.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.terraform.RealTerraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RealTerraform.class)
final class ProviderTest {
    private static final String WORKSPACE = """
            data "coder_workspace" "me" {}
            data "coder_workspace_owner" "me" {}
            data "coder_provisioner" "here" {}
            data "coder_task" "me" {}
            data "coder_workspace_tags" "tags" { tags = { zone = "a" } }
            data "coder_external_auth" "github" { id = "github" }
            data "coder_secret" "token" {
              env          = "TOKEN"
              help_message = "A token is needed."
            }
            data "coder_parameter" "region" {
              name    = "region"
              default = "eu"
              mutable = true
              option {
                name  = "Europe"
                value = "eu"
              }
              option {
                name  = "Asia"
                value = "as"
              }
            }
            data "coder_parameter" "cores" {
              name    = "cores"
              type    = "number"
              default = 2
              validation {
                min = 1
                max = 8
              }
            }
            data "coder_workspace_preset" "big" {
              name       = "Big"
              parameters = { cores = "8" }
              prebuilds {
                instances = 1
                expiration_policy { ttl = 86400 }
                scheduling {
                  timezone = "UTC"
                  schedule {
                    cron      = "* 8-18 * * 1-5"
                    instances = 3
                  }
                }
              }
            }
            resource "coder_agent" "main" {
              os   = "linux"
              arch = "amd64"
              env  = { EDITOR = "vi" }
              metadata {
                key      = "load"
                script   = "uptime"
                interval = 5
              }
              resources_monitoring {
                memory {
                  enabled   = true
                  threshold = 80
                }
                volume {
                  path      = "/home"
                  enabled   = true
                  threshold = 90
                }
              }
            }
            resource "coder_agent_instance" "main" {
              agent_id    = coder_agent.main.id
              instance_id = "i-1"
            }
            resource "coder_app" "code" {
              agent_id = coder_agent.main.id
              slug     = "code"
              url      = "http://localhost:8080"
              healthcheck {
                url       = "http://localhost:8080/healthz"
                interval  = 5
                threshold = 6
              }
            }
            resource "coder_script" "hello" {
              agent_id     = coder_agent.main.id
              display_name = "Hello"
              script       = "echo hello"
              run_on_start = true
            }
            resource "coder_env" "pager" {
              agent_id = coder_agent.main.id
              name     = "PAGER"
              value    = "less"
            }
            resource "coder_devcontainer" "main" {
              agent_id         = coder_agent.main.id
              workspace_folder = "/home/dev"
            }
            resource "coder_external_agent" "main" { agent_id = coder_agent.main.id }
            resource "coder_ai_task" "main" { app_id = coder_app.code.id }
            resource "coder_metadata" "main" {
              resource_id = coder_agent.main.id
              daily_cost  = 3
              item {
                key   = "region"
                value = data.coder_parameter.region.value
              }
              item { key = "empty" }
            }
            """;

    @TempDir
    Path directory;

    @Test
    void everyTypeIsPlannedMadeFoundUnchangedAndDestroyed() throws Exception {
        try (var trial = new Trial(directory, WORKSPACE)) {
            assertThat(trial.run("init", "-no-color", "-input=false").code()).isZero();
            var planned = trial.plan();
            assertThat(planned.output()).contains("Plan: 9 to add, 0 to change, 0 to destroy");

            var applied = trial.apply();
            assertThat(applied.output()).contains("9 added");
            assertThat(trial.plan().output()).contains("No changes");
            assertThat(trial.plan().code()).isZero();

            var destroyed = trial.run("destroy", "-no-color", "-auto-approve");
            assertThat(destroyed.output()).contains("9 destroyed");
        }
    }

    @Test
    void defaultsAndAnswersAreTheOnesThatTemplatesCountOn() throws Exception {
        try (var trial = new Trial(directory, WORKSPACE)) {
            trial.now(Trial.facts("start", Map.of("region", "as")));
            assertThat(trial.apply().output()).contains("9 added");

            var agent = trial.values("coder_agent.main");
            assertThat(agent.path("auth").asString()).isEqualTo("token");
            assertThat(agent.path("connection_timeout").asInt()).isEqualTo(120);
            assertThat(agent.path("init_script").asString())
                    .isEqualTo("url=https://cloister.example.com:8443/ auth=token");
            assertThat(agent.path("display_apps").get(0).path("vscode").asBoolean())
                    .isTrue();
            assertThat(agent.path("display_apps").get(0).path("vscode_insiders").asBoolean())
                    .isFalse();
            assertThat(trial.values("data.coder_parameter.region").path("value").asString())
                    .isEqualTo("as");
            assertThat(trial.values("data.coder_parameter.region")
                            .path("form_type")
                            .asString())
                    .isEqualTo("radio");
            assertThat(trial.values("data.coder_workspace.me")
                            .path("start_count")
                            .asInt())
                    .isOne();
            assertThat(trial.values("data.coder_workspace.me")
                            .path("access_port")
                            .asInt())
                    .isEqualTo(8443);
            assertThat(trial.values("data.coder_workspace_owner.me")
                            .path("groups")
                            .toString())
                    .isEqualTo("[\"developers\"]");
            assertThat(trial.values("data.coder_secret.token").path("value").asString())
                    .isEqualTo("s3cret");
            assertThat(trial.values("coder_metadata.main")
                            .path("item")
                            .get(1)
                            .path("is_null")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void anAgentGetsAFreshTokenWithEachBuildAndKeepsItsId() throws Exception {
        try (var trial = new Trial(directory, """
                data "coder_workspace" "me" {}
                resource "coder_agent" "main" {
                  os   = "linux"
                  arch = "amd64"
                }
                resource "terraform_data" "box" {
                  count = data.coder_workspace.me.start_count
                  input = coder_agent.main.token
                }
                """)) {
            trial.apply();
            var first = trial.values("coder_agent.main");
            trial.now(Trial.facts("stop", Map.of()));
            assertThat(trial.apply().output()).contains("1 destroyed");
            trial.now(Trial.facts("start", Map.of()));
            assertThat(trial.apply().output()).contains("1 added, 0 changed, 0 destroyed");

            var second = trial.values("coder_agent.main");
            assertThat(second.path("id")).isEqualTo(first.path("id"));
            assertThat(second.path("token")).isNotEqualTo(first.path("token"));
        }
    }

    @Test
    void anotherArgumentMeansAnotherResourceAndASetInAnotherOrderDoesNot() throws Exception {
        String template = """
                resource "coder_agent" "main" {
                  os   = "linux"
                  arch = "%s"
                  resources_monitoring {
                    volume {
                      path      = "/%s"
                      enabled   = true
                      threshold = 1
                    }
                    volume {
                      path      = "/%s"
                      enabled   = true
                      threshold = 2
                    }
                  }
                }
                """;
        try (var trial = new Trial(directory, template.formatted("amd64", "a", "b"))) {
            trial.apply();
            trial.template("""
                    resource "coder_agent" "main" {
                      os   = "linux"
                      arch = "amd64"
                      resources_monitoring {
                        volume {
                          path      = "/b"
                          enabled   = true
                          threshold = 2
                        }
                        volume {
                          path      = "/a"
                          enabled   = true
                          threshold = 1
                        }
                      }
                    }
                    """);
            assertThat(trial.plan().output()).contains("No changes");
            trial.template(template.formatted("arm64", "a", "b"));
            assertThat(trial.plan().output()).contains("must be replaced").contains("forces replacement");
        }
    }

    @Test
    void aStateOfThePublishedProviderPlansClean() throws Exception {
        try (var trial = new Trial(directory, """
                resource "coder_metadata" "main" {
                  resource_id = "r"
                  item { key = "k" }
                }
                resource "coder_env" "e" {
                  agent_id = "a"
                  name     = "E"
                }
                """)) {
            Files.writeString(trial.file("terraform.tfstate"), """
                    {"version":4,"terraform_version":"1.9.0","serial":3,"lineage":"6f6c3a0e-0000-4000-8000-000000000000",
                     "outputs":{},"resources":[
                      {"mode":"managed","type":"coder_metadata","name":"main",
                       "provider":"provider[\\"registry.terraform.io/coder/coder\\"]","instances":[{"schema_version":1,
                       "attributes":{"id":"11111111-0000-4000-8000-000000000000","resource_id":"r","hide":null,"icon":null,
                        "daily_cost":null,"item":[{"key":"k","value":"","sensitive":false,"is_null":true}]}}]},
                      {"mode":"managed","type":"coder_env","name":"e",
                       "provider":"provider[\\"registry.terraform.io/coder/coder\\"]","instances":[{"schema_version":1,
                       "attributes":{"id":"22222222-0000-4000-8000-000000000000","agent_id":"a","name":"E","value":"",
                        "merge_strategy":"replace","something_of_a_later_release":true}}]}]}
                    """);

            assertThat(trial.plan().output()).contains("No changes");
        }
    }

    @Test
    void whatATemplateMayNotSayIsToldTogetherAndWhere() throws Exception {
        try (var trial = new Trial(directory, """
                resource "coder_agent" "main" {
                  os   = "plan9"
                  arch = "amd64"
                  metadata {
                    key      = "a"
                    script   = "x"
                    interval = 1
                  }
                  metadata {
                    key      = "a"
                    script   = "x"
                    interval = 1
                  }
                  resources_monitoring {}
                }
                resource "coder_app" "a" {
                  agent_id  = "x"
                  slug      = "No Slug"
                  command   = "top"
                  url       = "http://localhost"
                  open_in   = "space"
                }
                resource "coder_script" "s" {
                  agent_id     = "x"
                  display_name = "s"
                  script       = "s"
                  cron         = "99 * * * *"
                }
                resource "coder_script" "never" {
                  agent_id     = "x"
                  display_name = "s"
                  script       = "s"
                }
                resource "coder_env" "e" {
                  agent_id = "x"
                  name     = "1E"
                }
                resource "coder_ai_task" "t" {}
                data "coder_workspace_preset" "p" {
                  name = ""
                  prebuilds {
                    instances = -1
                    scheduling {
                      timezone = "Mars/Olympus"
                      schedule {
                        cron      = "5 * * * *"
                        instances = 1
                      }
                    }
                  }
                }
                """)) {
            assertThat(trial.run("validate", "-no-color").output())
                    .contains("\"os\" must be one of linux, darwin, windows, not \"plan9\"")
                    .contains("two blocks \"metadata\" have the key \"a\"")
                    .contains("\"resources_monitoring\" must name something to watch")
                    .contains("\"slug\" must match")
                    .contains("\"command\" and \"url\" exclude each other")
                    .contains("\"open_in\" must be one of slim-window, tab")
                    .contains("\"cron\" ")
                    .contains("or the script")
                    .contains("\"name\" must match")
                    .contains("\"app_id\" must be set")
                    .contains("\"name\" must not be empty")
                    .contains("\"instances\" must be at least 0")
                    .contains("must be a time zone")
                    .contains("must have * for its minute")
                    .contains("on main.tf line");
        }
    }

    @Test
    void theProviderBlocksAddressIsTheOneThatAgentsAreTold() throws Exception {
        try (var trial = new Trial(directory, """
                provider "coder" { url = "https://elsewhere.example.com/x" }
                data "coder_workspace" "me" {}
                resource "coder_agent" "main" {
                  os   = "linux"
                  arch = "amd64"
                }
                """)) {
            trial.apply();
            assertThat(trial.values("coder_agent.main").path("init_script").asString())
                    .isEqualTo("url=https://elsewhere.example.com/ auth=token");
            assertThat(trial.values("data.coder_workspace.me")
                            .path("access_port")
                            .asInt())
                    .isEqualTo(443);
        }
    }

    @Test
    void aMissingSecretFailsAStartWithItsAuthorsWords() throws Exception {
        try (var trial = new Trial(directory, """
                data "coder_secret" "s" {
                  file         = "~/.npmrc"
                  help_message = "Put your registry's token there."
                }
                """)) {
            assertThat(trial.plan().output()).contains("~/.npmrc").contains("Put your registry's token there.");
            trial.now(Trial.facts("stop", Map.of()));
            assertThat(trial.plan().code()).isIn(0, 2);
        }
    }
}
