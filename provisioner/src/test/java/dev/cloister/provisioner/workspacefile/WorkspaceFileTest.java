package dev.cloister.provisioner.workspacefile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplateSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceFileTest {
    private static final String WHOLE = """
            version: 1
            name: Java
            description: A workspace for Java.
            icon: /icon/java.svg
            image: ${parameters.image}
            directory: ~/${parameters.project}
            resources:
              cpu: ${parameters.cpu}
              memory: ${parameters.memory} GiB
              disk: 20GiB
              processes: 1024
            parameters:
              - name: image
                default: host
                options: [{name: The host, value: host}, {value: debian}]
              - name: project
                display_name: Project
                validation: {regex: '^[a-z]+$', error: Lower-case letters only.}
                default: demo
                mutable: true
              - {name: cpu, type: number, default: 2, validation: {min: 1, max: 8}, order: 2}
              - {name: memory, type: number, default: 4}
              - {name: tags, type: list(string), default: [a, b]}
              - {name: fast, type: bool, default: true, mutable: true, ephemeral: true}
            environment:
              EDITOR: vim
              PORT: 8080
              VERSION: 1.10
              GREETING: "Hello ${owner.name}, this is ${workspace.name}: $${plain}"
              INJECTED: "${parameters.project}"
            repository:
              url: https://git.example.com/team/app.git
              branch: feature/x
            startup:
              - {name: Install, run: 'echo "$PARAM_PROJECT" ${HOME}', timeout: 5m, blocks_login: true}
              - run: echo two
            shutdown:
              - run: echo bye
            apps:
              - {slug: web, display_name: "Web of ${workspace.name}", port: 8080, share: organization, healthcheck: {url: http://localhost:8080/up, interval: 3s, threshold: 2}}
              - {slug: docs, url: "http://localhost:9000/x", subdomain: false, open_in: tab, hidden: true, order: 3}
              - {slug: top, command: htop}
            metadata:
              - {key: load, display_name: Load, script: uptime, interval: 30s, timeout: 2s}
            egress:
              allow: [git.example.com, "*.maven.example:8443"]
            """;

    private static WorkspaceFile read(String yaml) throws TemplateException {
        return WorkspaceFile.read(TemplateSource.of(Map.of("workspace.yaml", yaml.getBytes(UTF_8))));
    }

    private static WorkspaceSpec resolve(String yaml, Map<String, String> chosen) throws TemplateException {
        var file = read(yaml);
        return file.resolve(ParameterValues.withDefaults(file.parameters(), chosen), "dev", "ada");
    }

    @Test
    void theSmallestFileIsAVersion() throws Exception {
        var spec = resolve("version: 1\n", Map.of());
        assertThat(spec.image()).isEqualTo("host");
        assertThat(spec.directory()).isEqualTo("/home/dev");
        assertThat(spec.egress()).isEmpty();
        assertThat(spec.resources()).isEqualTo(new WorkspaceSpec.Resources(null, null, null, null));
    }

    @Test
    void whatItCostsIsANumberOrAParameter() throws Exception {
        assertThat(resolve("version: 1\n", Map.of()).cost()).isZero();
        assertThat(resolve("version: 1\ncost: 4\n", Map.of()).cost()).isEqualTo(4);
        String chosen = """
                version: 1
                parameters:
                  - { name: price, type: number, default: 3, mutable: true }
                cost: ${parameters.price}
                """;
        assertThat(resolve(chosen, Map.of("price", "7")).cost()).isEqualTo(7);
        for (String wrong : List.of("-1", "1.5", "much", "1000001")) {
            assertThatThrownBy(() -> resolve("version: 1\ncost: " + wrong + "\n", Map.of()))
                    .isInstanceOf(TemplateException.class);
        }
        assertThatThrownBy(() -> resolve(chosen, Map.of("price", "-3"))).isInstanceOf(TemplateException.class);
    }

    @Test
    void aWholeFileIsReadField_byField() throws Exception {
        var spec = resolve(WHOLE, Map.of());
        assertThat(spec.resources()).isEqualTo(new WorkspaceSpec.Resources(2000, 4L << 30, 20L << 30, 1024));
        assertThat(spec.directory()).isEqualTo("/home/dev/demo");
        assertThat(spec.environment())
                .containsEntry("PORT", "8080")
                .containsEntry("VERSION", "1.10")
                .containsEntry("GREETING", "Hello ada, this is dev: ${plain}")
                .containsEntry("PARAM_PROJECT", "demo")
                .containsEntry("PARAM_TAGS", "[\"a\",\"b\"]");
        assertThat(spec.scripts())
                .extracting(AgentPlan.Script::name)
                .containsExactly("Clone app", "Install", "Start-up 2", "Shutdown 1");
        assertThat(spec.scripts().get(1).timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(spec.apps().getFirst())
                .isEqualTo(new AgentPlan.App(
                        "web",
                        "Web of dev",
                        "",
                        URI.create("http://127.0.0.1:8080"),
                        null,
                        new AgentPlan.Healthcheck(URI.create("http://localhost:8080/up"), Duration.ofSeconds(3), 2),
                        AgentPlan.Share.ORGANIZATION,
                        true,
                        AgentPlan.OpenIn.SLIM_WINDOW,
                        false,
                        0));
        assertThat(spec.metadata())
                .containsExactly(new AgentPlan.Metadata(
                        "load", "Load", "uptime", Duration.ofSeconds(30), Duration.ofSeconds(2)));
        assertThat(spec.egress()).containsExactly("git.example.com", "*.maven.example:8443");
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void scheduledScriptsCarryTheirTimes() throws Exception {
        var spec = resolve("""
                version: 1
                scheduled:
                  - {cron: "0 0 22 * * *", run: backup}
                  - {name: Early, cron: "CRON_TZ=Europe/Berlin 0 30 6 * * mon-fri", run: "git fetch", timeout: 5m}
                """, Map.of());
        assertThat(spec.scripts())
                .containsExactly(
                        new AgentPlan.Script(
                                "Scheduled 1",
                                AgentPlan.Phase.SCHEDULE,
                                "0 0 22 * * *",
                                "backup",
                                Duration.ofHours(1),
                                false),
                        new AgentPlan.Script(
                                "Early",
                                AgentPlan.Phase.SCHEDULE,
                                "CRON_TZ=Europe/Berlin 0 30 6 * * mon-fri",
                                "git fetch",
                                Duration.ofMinutes(5),
                                false));
    }

    @Test
    void parametersCarryWhatTheApiShows() throws Exception {
        var parameters = read(WHOLE).parameters();
        assertThat(parameters)
                .extracting(TemplateParameter::name)
                .containsExactly("image", "project", "cpu", "memory", "tags", "fast");
        assertThat(parameters.get(1).validation().error()).isEqualTo("Lower-case letters only.");
        assertThat(parameters.get(4).defaultValue()).isEqualTo("[\"a\",\"b\"]");
        assertThat(read("version: 1\nparameters: [{name: x}]\n")
                        .parameters()
                        .getFirst()
                        .required())
                .isTrue();
    }

    @Test
    void aValueIsNeverReadAsYamlOrShellAgain() throws Exception {
        var yaml = """
                version: 1
                parameters: [{name: x, default: ""}]
                environment: {VALUE: "<${parameters.x}>"}
                repository: {url: "https://git.example/${parameters.x}/app", directory: "/home/dev/it's ${parameters.x}"}
                egress: {allow: [git.example]}
                """;
        var nasty = "$(reboot) `x` ; ${parameters.x} ${owner.name}\n- a: b";
        assertThat(resolve(
                                yaml.replace("/${parameters.x}/app", "/app").replace(" ${parameters.x}\"}", "\"}"),
                                Map.of("x", nasty))
                        .environment())
                .containsEntry("VALUE", "<" + nasty + ">")
                .containsEntry("PARAM_X", nasty);
        assertThatThrownBy(() -> resolve(yaml, Map.of("x", nasty)))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("workspace.yaml:4:");
        var script = resolve(yaml, Map.of("x", "$(reboot)';reboot;'"))
                .scripts()
                .getFirst()
                .run();
        assertThat(script)
                .contains("git clone -- 'https://git.example/$(reboot)'\\'';reboot;'\\''/app' \"$directory\"")
                .contains("directory='/home/dev/it'\\''s $(reboot)'\\'';reboot;'\\'''");
    }

    @Test
    void aFilledInFieldIsCheckedAgain() {
        var yaml =
                "version: 1\nparameters: [{name: x, default: host}]\nimage: ${parameters.x}\ndirectory: /w/${parameters.x}\n";
        assertThatThrownBy(() -> resolve(yaml, Map.of("x", "../../etc")))
                .hasMessageContaining("workspace.yaml:3:8: image: is \"../../etc\", which is not the name of an image")
                .hasMessageContaining("workspace.yaml:4:12: directory:");
    }

    @Test
    void whatDependsOnAMissingValueIsLeftUnchecked() throws Exception {
        var file = read(
                "version: 1\nparameters: [{name: cpu, type: number}]\nresources: {cpu: \"${parameters.cpu}\", memory: 1GiB}\n");
        var spec = file.resolve(Map.of(), "example", "example");
        assertThat(spec.resources()).isEqualTo(new WorkspaceSpec.Resources(null, 1L << 30, null, null));
    }

    @Test
    void aRepositoryThatCannotBeReachedIsWarnedAbout() throws Exception {
        var spec = resolve(
                "version: 1\nrepository: {url: \"ssh://git@git.example/x.git\"}\negress: {allow: [git.example]}\n",
                Map.of());
        assertThat(spec.warnings()).singleElement().asString().endsWith("add git.example:22 to egress.allow.");
        assertThat(spec.directory()).isEqualTo("/home/dev/x");
    }

    @Test
    void valuesAreCheckedAgainstTheirParameters() throws Exception {
        var parameters = read(WHOLE).parameters();
        assertThat(ParameterValues.problems(parameters, Map.of())).isEmpty();
        assertThat(ParameterValues.problems(
                        parameters,
                        Map.of(
                                "image", "windows", "project", "UPPER", "cpu", "9", "memory", "much", "tags", "a,b",
                                "fast", "yes", "other", "x")))
                .containsOnlyKeys("image", "project", "cpu", "memory", "tags", "fast", "other")
                .containsEntry("project", "Lower-case letters only.")
                .containsEntry("cpu", "The number must be between 1 and 8.")
                .containsEntry("image", "The value must be one of host, debian.")
                .containsEntry("other", "The template has no such parameter.");
        assertThat(ParameterValues.problems(
                        List.of(read("version: 1\nparameters: [{name: x}]\n")
                                .parameters()
                                .getFirst()),
                        Map.of()))
                .containsEntry("x", "A value is required.");
    }

    @Test
    void aPatternThatNeverEndsIsEnded() throws Exception {
        var parameters = read("version: 1\nparameters: [{name: x, validation: {regex: '^(a+)+$'}}]\n")
                .parameters();
        assertThat(ParameterValues.problems(parameters, Map.of("x", "a".repeat(5000) + "b"))
                        .get("x"))
                .contains("takes too long");
    }

    @Test
    void theSchemaIsPublishedAndSaysOfItselfWhatItIs() {
        assertThat(WorkspaceSchema.text())
                .contains("https://json-schema.org/draft/2020-12/schema")
                .contains("\"egress\"");
    }
}
