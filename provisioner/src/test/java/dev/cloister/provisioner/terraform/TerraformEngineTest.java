package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.AgentEnrollment;
import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.BuildCanceledException;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.BuildOrder;
import dev.cloister.provisioner.BuildOutcome;
import dev.cloister.provisioner.Cancellation;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TerraformInput;
import dev.cloister.provisioner.Transition;
import dev.cloister.provisioner.terraform.provider.BuildFacts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RealTerraform.class)
final class TerraformEngineTest {
    private static final String HEAD = """
            terraform {
              required_providers {
                coder = { source = "coder/coder" }
              }
            }
            """;
    private static final String WHOLE = HEAD + """
            variable "greeting" {
              type    = string
              default = "hello" # of people
            }
            data "coder_workspace" "me" {}
            data "coder_workspace_owner" "me" {}
            data "coder_parameter" "size" {
              name         = "size"
              display_name = "Size"
              type         = "number"
              default      = 2
              mutable      = true
              order        = 2
              validation {
                min   = 1
                max   = 8
                error = "between {min} and {max}"
              }
            }
            data "coder_parameter" "region" {
              name  = "region"
              order = 1
              default = "eu"
              option {
                name  = "Europe"
                value = "eu"
              }
              option {
                name  = "Asia"
                value = "as"
              }
            }
            data "coder_workspace_preset" "big" {
              name       = "Big"
              default    = true
              parameters = { size = "8", colour = "red" }
            }
            resource "coder_agent" "main" {
              os                      = "linux"
              arch                    = "amd64"
              dir                     = "~/src"
              startup_script          = "echo ${var.greeting}"
              startup_script_behavior = "blocking"
              env                     = { EDITOR = "vi" }
              metadata {
                key          = "load"
                display_name = "Load"
                script       = "uptime"
                interval     = 5
              }
            }
            resource "coder_app" "code" {
              agent_id     = coder_agent.main.id
              slug         = "code"
              display_name = "Code"
              url          = "http://localhost:8080"
              subdomain    = true
              share        = "authenticated"
              healthcheck {
                url       = "http://localhost:8080/healthz"
                interval  = 5
                threshold = 6
              }
            }
            module "tools" {
              source   = "./tools"
              agent_id = coder_agent.main.id
            }
            resource "coder_env" "more" {
              agent_id = coder_agent.main.id
              name     = "SIZE"
              value    = data.coder_parameter.size.value
            }
            resource "terraform_data" "home" {
              input = "home-${data.coder_workspace.me.id}"
            }
            resource "terraform_data" "box" {
              count = data.coder_workspace.me.start_count
              input = [coder_agent.main.token, terraform_data.home.id, data.coder_workspace_owner.me.name]
            }
            resource "coder_metadata" "box" {
              count       = data.coder_workspace.me.start_count
              resource_id = terraform_data.box[0].id
              daily_cost  = 7
              icon        = "/icon/box.svg"
              item {
                key   = "size"
                value = data.coder_parameter.size.value
              }
              item {
                key       = "hidden"
                value     = "x"
                sensitive = true
              }
            }
            """;
    private static final String TOOLS = HEAD + """
            variable "agent_id" {}
            resource "coder_script" "tool" {
              agent_id     = var.agent_id
              display_name = "Tool"
              script       = "tool"
              cron         = "@hourly"
              run_on_stop  = true
            }
            """;

    @TempDir
    Path directory;

    private final UUID workspace = UUID.randomUUID();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger cost = new AtomicInteger(-1);
    private volatile byte[] state = new byte[0];
    private TerraformEngine engine;

    @BeforeEach
    void open() throws Exception {
        engine = engine(Duration.ofMinutes(1));
    }

    private TerraformEngine engine(Duration limit) throws Exception {
        return TerraformEngine.open(settings(Optional.of(RealTerraform.program().orElseThrow()), limit));
    }

    private TerraformSettings settings(Optional<Path> program, Duration limit) {
        String self = System.getProperty("user.name");
        return new TerraformSettings(
                directory,
                program,
                self.equals("root") ? Optional.empty() : Optional.of(self),
                300_000,
                List.of("PWD"),
                limit,
                64L << 20,
                () -> URI.create("https://cloister.example.com"),
                Map.of("linux_amd64", "start ${ACCESS_URL}"));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        try (var runs = Files.list(directory.resolve("runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    private BuildOutcome build(Transition transition, String template, Map<String, String> parameters)
            throws Exception {
        return engine.build(order(transition, template, parameters), this::told, Cancellation.NEVER);
    }

    private void told(Object level, String stage, String text) {
        log.add(stage + ": " + text);
    }

    private BuildOrder order(Transition transition, String template, Map<String, String> parameters) throws Exception {
        var input = TerraformInput.none(UUID.randomUUID());
        return new BuildOrder(
                UUID.randomUUID(),
                workspace,
                "panda",
                UUID.randomUUID(),
                "maria",
                transition,
                TemplateSource.of(Map.of("main.tf", template.getBytes(UTF_8), "tools/main.tf", TOOLS.getBytes(UTF_8))),
                parameters,
                new AgentEnrollment(
                        UUID.randomUUID(), Secret.of("unused-token"), URI.create("https://c.example.com"), List.of()),
                new TerraformInput(
                        input.owner(),
                        new BuildFacts.Template("t", "t", "v"),
                        Map.of(),
                        Map.of(),
                        Map.of("KEY", Secret.of("the-secret-of-maria")),
                        Map.of(),
                        new TerraformInput.States() {
                            @Override
                            public byte[] last() {
                                return state;
                            }

                            @Override
                            public void keep(byte[] kept) {
                                state = kept;
                            }
                        },
                        cost::set));
    }

    @Test
    void aTemplateIsMadeStoppedStartedAndRemoved() throws Exception {
        var started = build(Transition.START, WHOLE, Map.of("size", "4"));

        var box = started.resources().stream()
                .filter(one -> one.name().equals("box"))
                .findFirst()
                .orElseThrow();
        assertThat(box.type()).isEqualTo("terraform_data");
        assertThat(box.icon()).isEqualTo("/icon/box.svg");
        assertThat(box.dailyCost()).isEqualTo(7);
        assertThat(box.metadata())
                .extracting("key", "value", "sensitive")
                .containsExactly(tuple("size", "4", false), tuple("hidden", "x", true));
        assertThat(cost.get()).isEqualTo(7);
        AgentPlan agent = box.agents().getFirst();
        assertThat(agent.name()).isEqualTo("main");
        assertThat(agent.directory()).isEqualTo("~/src");
        assertThat(agent.environment()).containsEntry("EDITOR", "vi").containsEntry("SIZE", "4");
        assertThat(agent.startupBehavior()).isEqualTo(AgentPlan.StartupBehavior.BLOCKING);
        assertThat(agent.scripts())
                .extracting("name", "phase", "schedule", "run")
                .containsExactly(
                        tuple("Startup Script", AgentPlan.Phase.START, "", "echo hello"),
                        tuple("Tool", AgentPlan.Phase.STOP, "", "tool"),
                        tuple("Tool", AgentPlan.Phase.SCHEDULE, "0 0 * * * *", "tool"));
        assertThat(agent.apps()).hasSize(1);
        assertThat(agent.apps().getFirst().share()).isEqualTo(AgentPlan.Share.AUTHENTICATED);
        assertThat(agent.metadata()).extracting("key").containsExactly("load");
        String token = started.tokens().get("main").reveal();
        assertThat(new String(state, UTF_8)).contains(token);

        var stopped = build(Transition.STOP, WHOLE, Map.of("size", "4"));
        assertThat(stopped.resources()).extracting("name").containsExactly("home");
        assertThat(stopped.resources().getFirst().agents()).isEmpty();

        var again = build(Transition.START, WHOLE, Map.of("size", "4"));
        assertThat(again.tokens().get("main").reveal()).isNotEqualTo(token);

        assertThat(build(Transition.DELETE, WHOLE, Map.of()).resources()).isEmpty();
        assertThat(new String(state, UTF_8)).contains("\"resources\": []");
        assertThat(log).noneMatch(line -> line.contains(token));
    }

    @Test
    void whatATemplateAsksIsFoundWithoutMakingAnything() throws Exception {
        var source =
                TemplateSource.of(Map.of("main.tf", WHOLE.getBytes(UTF_8), "tools/main.tf", TOOLS.getBytes(UTF_8)));
        var plan = engine.plan(source, Map.of());

        assertThat(plan.parameters()).extracting(TemplateParameter::name).containsExactly("region", "size");
        var size = plan.parameters().getLast();
        assertThat(size.validation())
                .isEqualTo(new TemplateParameter.Validation(null, 1, 8, "", "between {min} and {max}"));
        assertThat(size.defaultValue()).isEqualTo("2");
        assertThat(size.formType()).isEqualTo("input");
        assertThat(plan.presets().getFirst().preferred()).isTrue();
        assertThat(plan.warnings())
                .containsExactly("The preset \"Big\" answers \"colour\", which the template does not ask.");
        assertThat(plan.variables())
                .extracting("name", "defaultValue", "type")
                .containsExactly(tuple("greeting", "hello", "string"));
        assertThat(plan.resources()).extracting("name").containsExactly("box", "home");
        assertThat(plan.resources().getFirst().agents().getFirst().apps()).hasSize(1);
        assertThat(engine.plan(source.with(Map.of("greeting", "moin")), Map.of("size", "3"))
                        .resources()
                        .getFirst()
                        .agents()
                        .getFirst()
                        .scripts()
                        .getFirst()
                        .run())
                .isEqualTo("echo moin");
    }

    @Test
    void aTemplateThatIsWrongIsRefusedWithItsPlace() throws Exception {
        assertThatThrownBy(
                        () -> engine.plan(TemplateSource.of(Map.of("main.tf", (HEAD + "resource {").getBytes(UTF_8)))))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> engine.plan(TemplateSource.of(Map.of(
                        "main.tf",
                        (HEAD + "data \"coder_parameter\" \"p\" {\n  name = \"p\"\n  type = \"colour\"\n}\n")
                                .getBytes(UTF_8)))))
                .hasMessageContaining("main.tf:")
                .hasMessageContaining("must be one of string, number");
        assertThatThrownBy(() -> engine.plan(TemplateSource.of(
                        Map.of("main.tf", (HEAD + "variable \"must\" { type = string }\n").getBytes(UTF_8)))))
                .hasMessageContaining("must")
                .hasMessageContaining("give it a value");
        String agent = "resource \"coder_agent\" \"%s\" {\n os = \"linux\"\n arch = \"amd64\"\n}\n";
        assertThatThrownBy(() -> engine.plan(TemplateSource.of(
                        Map.of("main.tf", (HEAD + agent.formatted("main") + agent.formatted("Main")).getBytes(UTF_8)))))
                .hasMessageContaining("Two agents have the name");
    }

    @Test
    void aBuildThatFailsKeepsTheStateOfWhatItHasMade() throws Exception {
        String template = HEAD + """
                resource "terraform_data" "first" { input = "made" }
                resource "terraform_data" "second" {
                  depends_on = [terraform_data.first]
                  provisioner "local-exec" { command = "echo the-secret-of-maria; exit 3" }
                }
                """;

        assertThatThrownBy(() -> build(Transition.START, template, Map.of()))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("local-exec provisioner error");
        assertThat(new String(state, UTF_8)).contains("\"made\"");
        assertThat(log).noneMatch(line -> line.contains("the-secret-of-maria"));
        build(Transition.DELETE, template, Map.of());
        assertThat(new String(state, UTF_8)).doesNotContain("\"made\"");
    }

    @Test
    void whatAProgramOfATemplateSeesIsNothingOfTheServers() throws Exception {
        build(Transition.START, HEAD + """
                resource "terraform_data" "spy" {
                  provisioner "local-exec" {
                    command = "env | sort; id -u; ls -a .. ; ls ../.. 2>&1 || true"
                  }
                }
                """, Map.of());

        String all = String.join("\n", log);
        assertThat(all).doesNotContain("JAVA_HOME").doesNotContain("CODER_").doesNotContain("the-secret-of-maria");
        if (System.getProperty("user.name").equals("root")) {
            assertThat(all).doesNotContain("(local-exec): 0\n").contains("Permission denied");
        }
    }

    @Test
    void aBuildEndsWhenItIsCanceledOrItsTimeIsOver() throws Exception {
        String template = HEAD + """
                resource "terraform_data" "first" { input = "made" }
                resource "terraform_data" "slow" {
                  depends_on = [terraform_data.first]
                  provisioner "local-exec" { command = "exec sleep 60" }
                }
                """;
        long begun = System.nanoTime();
        assertThatThrownBy(() -> engine.build(
                        order(Transition.START, template, Map.of()),
                        this::told,
                        () -> log.stream().anyMatch(line -> line.contains("Executing"))))
                .isInstanceOf(BuildCanceledException.class);
        assertThat(new String(state, UTF_8)).contains("\"made\"");

        engine = engine(Duration.ofSeconds(2));
        assertThatThrownBy(() -> build(Transition.START, template, Map.of())).hasMessageContaining("took longer than");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void aTemplateThatPrintsOrWritesWithoutEndIsBounded() throws Exception {
        build(Transition.START, HEAD + """
                resource "terraform_data" "loud" {
                  provisioner "local-exec" { command = "yes 0123456789012345678901234567890123456789012345678901234567 | head -c 6000000" }
                }
                """, Map.of());
        assertThat(log.stream().mapToLong(String::length).sum()).isLessThan(12L << 20);
        assertThat(log).anyMatch(line -> line.contains("bytes more, which are not kept"));

        assertThatThrownBy(() -> build(Transition.START, HEAD + """
                resource "terraform_data" "large" {
                  provisioner "local-exec" { command = "head -c 100000000 /dev/zero > large; sleep 10" }
                }
                """, Map.of())).hasMessageContaining("wrote more than");
    }

    @Test
    void aQuotaIsAskedBeforeAnythingIsMade() throws Exception {
        var order = order(Transition.START, WHOLE, Map.of());
        var input = order.terraform();
        var dear = new BuildOrder(
                order.buildId(),
                order.workspaceId(),
                order.workspaceName(),
                order.ownerId(),
                order.ownerName(),
                order.transition(),
                order.source(),
                order.parameters(),
                order.agent(),
                new TerraformInput(
                        input.owner(),
                        input.template(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        input.states(),
                        taken -> {
                            throw new BuildException("too dear: " + taken);
                        }));
        assertThatThrownBy(() -> engine.build(dear, this::told, Cancellation.NEVER))
                .hasMessage("too dear: 7");
        assertThat(state).isEmpty();
    }

    @Test
    void whatAKilledServerHasLeftIsRemovedAndItsStateIsKept() throws Exception {
        UUID build = UUID.randomUUID();
        var left = RunDirectory.create(directory.resolve("runs"), Optional.of(build));
        left.writeState("{\"version\":4}".getBytes(UTF_8));
        var salvaged = new ArrayList<UUID>();

        engine.salvageTo((id, kept) -> {
            salvaged.add(id);
            state = kept;
        });
        engine.reconcile(List.of(), List.of());

        assertThat(salvaged).containsExactly(build);
        assertThat(new String(state, UTF_8)).isEqualTo("{\"version\":4}");
    }

    @Test
    void theStarterTemplateIsAccepted() throws Exception {
        var starter = Files.readAllBytes(Path.of("../templates/terraform-process/main.tf"));
        var plan = engine.plan(TemplateSource.of(Map.of("main.tf", starter)), Map.of());
        assertThat(plan.parameters()).extracting(TemplateParameter::name).containsExactly("editor");
        assertThat(plan.resources()).extracting("name").containsExactly("home", "process");
        assertThat(plan.resources().getLast().agents()).hasSize(1);
        assertThat(plan.resources().getFirst().agents()).isEmpty();
    }

    @Test
    void withoutTerraformABuildSaysWhatToDo() throws Exception {
        engine = TerraformEngine.open(settings(Optional.of(Path.of("/nonexistent/terraform")), Duration.ofMinutes(1)));
        assertThatThrownBy(() -> build(Transition.START, WHOLE, Map.of())).hasMessageContaining("terraform-program");
    }
}
