package dev.cloister.provisioner.workspacefile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is told with its line, its field and what to do. */
class BadWorkspaceFileTest {
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("", 1, "", "is empty; begin with \"version: 1\""),
                mistake("# nothing\n", 1, "", "is empty"),
                mistake("name: x\n", 1, "version", "is missing; add it"),
                mistake("version: 2\n", 1, "version", "must be 1"),
                mistake("version: '1'\n", 1, "version", "must be 1"),
                mistake("- version: 1\n", 1, "", "wrong type; it must be"),
                mistake("version: 1\nverison: 1\n", 2, "verison", "did you mean \"version\"?"),
                mistake("version: 1\nzzzzz: 1\n", 2, "zzzzz", "is not a field here; known are version, name"),
                mistake("version: 1\nversion: 1\n", 2, "version", "is given twice, first on line 1; remove one"),
                mistake("version: 1\nname: [x\n", 3, "", "is not valid YAML"),
                mistake("version: 1\n\tname: x\n", 2, "", "is not valid YAML"),
                mistake("version: 1\n---\nversion: 1\n", 2, "", "is not valid YAML"),
                mistake("version: 1\nname:\n", 2, "name", "has no value"),
                mistake("version: 1\nname: !!java.lang.Runtime x\n", 2, "name", "tags are not used here"),
                mistake("version: 1\n1: x\n", 2, "1", "is not a field here"),
                mistake("version: 1\n? [a]\n: b\n", 2, "", "has a key that is not a text"),
                mistake("version: 1\nname: \"a\\0b\"\n", 2, "name", "contains a control character"),
                mistake("version: 1\nname: \"\\e[31mred\"\n", 2, "name", "contains a control character"),
                mistake("version: 1\na: &a [*a]\n", 2, "a", "nested too deeply"),
                mistake("version: 1\nimage: ../etc\n", 2, "image", "is not \"host\", or the name of a directory"),
                mistake("version: 1\nimage: a/b\n", 2, "image", "is not \"host\""),
                mistake("version: 1\ndirectory: relative\n", 2, "directory", "is not an absolute path"),
                mistake(
                        "version: 1\ndirectory: /a/../../b\n",
                        2,
                        "directory",
                        "is \"/a/../../b\", which is not an absolute path"),
                mistake("version: 1\nresources:\n  cpu: -1\n", 3, "resources.cpu", "is not a number of processors"),
                mistake("version: 1\nresources:\n  cpu: many\n", 3, "resources.cpu", "is not a number of processors"),
                mistake(
                        "version: 1\nresources: {memory: 4GB}\n",
                        2,
                        "resources.memory",
                        "is not a size with its unit such as 512MiB"),
                mistake(
                        "version: 1\nresources: {memory: 1MiB}\n",
                        2,
                        "resources.memory",
                        "which is not a size of 64MiB or more"),
                mistake("version: 1\nresources: {processes: 1.5}\n", 2, "resources.processes", "is not a whole number"),
                mistake("version: 1\nscheduled: [{run: x}]\n", 2, "scheduled[0].cron", "is missing; add it"),
                mistake(
                        "version: 1\nscheduled:\n  - {run: x, cron: '0 0 25 * *'}\n",
                        3,
                        "scheduled[0].cron",
                        "has \"25\" for the hour, which is no number from 0 to 23"),
                mistake(
                        "version: 1\nscheduled: [{run: x, cron: '@daily'}]\n",
                        2,
                        "scheduled[0].cron",
                        "needs five or six fields"),
                mistake("version: 1\nresources: 4\n", 2, "resources", "a mapping of fields to values"),
                mistake(
                        "version: 1\nenvironment:\n  OK: x\n  not-ok: y\n",
                        4,
                        "environment.not-ok",
                        "names of letters, digits and underscores"),
                mistake(
                        "version: 1\nenvironment:\n  A: [x]\n",
                        3,
                        "environment.A",
                        "wrong type; it must be a text, number or boolean"),
                mistake(
                        "version: 1\nenvironment:\n  CLOISTER_TOKEN: x\n",
                        3,
                        "environment.CLOISTER_TOKEN",
                        "kept for the platform"),
                mistake(
                        "version: 1\nenvironment:\n  A: ${parameters.nope}\n",
                        3,
                        "environment.A",
                        "refers to ${parameters.nope}, which does not exist"),
                mistake(
                        "version: 1\nenvironment:\n  A: ${workspace.nmae}\n",
                        3,
                        "environment.A",
                        "did you mean ${workspace.name}?"),
                mistake("version: 1\nenvironment:\n  A: ${unclosed\n", 3, "environment.A", "has a ${ without its }"),
                mistake(
                        "version: 1\nstartup:\n  - run: echo ${parameters.x}\n",
                        3,
                        "startup[0].run",
                        "use environment variables instead"),
                mistake(
                        "version: 1\nstartup:\n  - name: x\n",
                        3,
                        "startup[0].run",
                        "is missing; add it: a shell script"),
                mistake(
                        "version: 1\nstartup:\n  - {run: x, timeout: 5}\n",
                        3,
                        "startup[0].timeout",
                        "a duration with its unit"),
                mistake(
                        "version: 1\nstartup:\n  - {run: x, timeout: 90h}\n",
                        3,
                        "startup[0].timeout",
                        "not a duration from 1s to 24h"),
                mistake(
                        "version: 1\nrepository: {url: 'file:///etc'}\n",
                        2,
                        "repository.url",
                        "is not an https, http, ssh or git URL"),
                mistake(
                        "version: 1\nrepository: {url: 'https://u:p@h.example/x'}\n",
                        2,
                        "repository.url",
                        "without a password"),
                mistake(
                        "version: 1\nrepository: {url: 'https://h.example/x', branch: --upload-pack=x}\n",
                        2,
                        "repository.branch",
                        "name of a branch"),
                mistake(
                        "version: 1\napps:\n  - slug: Web\n    port: 1\n",
                        3,
                        "apps[0].slug",
                        "lower-case letters, digits and single hyphens"),
                mistake("version: 1\napps:\n  - slug: web\n", 3, "apps[0]", "needs exactly one of url, port, command"),
                mistake(
                        "version: 1\napps:\n  - {slug: web, port: 1, command: x}\n",
                        3,
                        "apps[0]",
                        "needs exactly one of"),
                mistake(
                        "version: 1\napps:\n  - {slug: web, port: 99999}\n",
                        3,
                        "apps[0].port",
                        "a port between 1 and 65535"),
                mistake(
                        "version: 1\napps:\n  - {slug: web, url: 'http://other.example'}\n",
                        3,
                        "apps[0].url",
                        "on localhost"),
                mistake(
                        "version: 1\napps:\n  - {slug: web, port: 1}\n  - {slug: web, port: 2}\n",
                        4,
                        "apps[1].slug",
                        "already used by another app"),
                mistake(
                        "version: 1\napps:\n  - {slug: web, port: 1, share: all}\n",
                        3,
                        "apps[0].share",
                        "is not one of owner, authenticated"),
                mistake(
                        "version: 1\nmetadata:\n  - {key: a, script: x, interval: 10ms}\n",
                        3,
                        "metadata[0].interval",
                        "not a duration from 1s to 1h"),
                mistake("version: 1\negress:\n  allow:\n    - '*'\n", 4, "egress.allow[0]", "write *.example.com"),
                mistake(
                        "version: 1\negress:\n  allow:\n    - a.example\n    - https://b.example\n",
                        5,
                        "egress.allow[1]",
                        "write the name alone"),
                mistake("version: 1\negress: {allow: a.example}\n", 2, "egress.allow", "it must be a list"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a b}\n",
                        3,
                        "parameters[0].name",
                        "a letter, then letters"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a-b}\n  - {name: a_b}\n",
                        4,
                        "parameters[1].name",
                        "PARAM_A_B; rename one"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, type: int}\n",
                        3,
                        "parameters[0].type",
                        "is not one of string, number"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, type: number, default: x}\n",
                        3,
                        "parameters[0].default",
                        "must be a number"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, default: x, required: true}\n",
                        3,
                        "parameters[0].required",
                        "contradicts the default"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, required: false}\n",
                        3,
                        "parameters[0].required",
                        "there is no default"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, default: c, options: [{value: b}]}\n",
                        3,
                        "parameters[0].default",
                        "must be one of b"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, validation: {regex: '('}}\n",
                        3,
                        "parameters[0].validation.regex",
                        "is not a regular expression"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, validation: {min: 1}}\n",
                        3,
                        "parameters[0].validation.min",
                        "of type number only"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, type: number, validation: {min: 2, max: 1}}\n",
                        3,
                        "parameters[0].validation.min",
                        "larger than max"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, default: x, ephemeral: true}\n",
                        3,
                        "parameters[0].ephemeral",
                        "mutable: true"),
                mistake(
                        "version: 1\nparameters:\n  - {name: a, description: '${owner.name}'}\n",
                        3,
                        "parameters[0].description",
                        "cannot contain references"));
    }

    private static Arguments mistake(String yaml, int line, String field, String message) {
        return Arguments.of(yaml, line, field, message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWithItsPlace(String yaml, int line, String field, String message) {
        var problem = failure(yaml.getBytes(UTF_8)).problems().getFirst();
        assertThat(problem.message()).contains(message);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.line()).isEqualTo(line);
        assertThat(problem.column()).isPositive();
        assertThat(problem.file()).isEqualTo("workspace.yaml");
    }

    private static TemplateException failure(byte[] content) {
        return catchThrowableOfType(TemplateException.class, () -> {
            var file = WorkspaceFile.read(TemplateSource.of(Map.of("workspace.yaml", content)));
            file.resolve(ParameterValues.withDefaults(file.parameters(), Map.of()), "dev", "ada");
        });
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() {
        var problems = failure("version: 1\nnaem: x\nresources: {cpu: 0}\napps: [{slug: A, port: 0}]\n".getBytes(UTF_8))
                .problems();
        assertThat(problems)
                .extracting("field")
                .containsExactly("naem", "resources.cpu", "apps[0].slug", "apps[0].port");
    }

    @Test
    void aFileThatGrowsWhenReadIsRefusedQuickly() {
        var laughs = new StringBuilder("version: 1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 9; i++) {
            laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1)));
        }
        assertThat(failure(laughs.toString().getBytes(UTF_8))).hasMessageContaining("too many values");
        assertThat(failure(("version: 1\nname: " + "[".repeat(100_000)).getBytes(UTF_8)))
                .isNotNull();
        assertThat(failure(("version: 1\nname: " + "9".repeat(60_000)).getBytes(UTF_8)))
                .hasMessageContaining("not a usable number");
        assertThat(failure(("version: 1\nname: 1e999999999\n").getBytes(UTF_8)))
                .hasMessageContaining("not a usable number");
        assertThat(failure(new byte[300_000])).hasMessageContaining("larger than 256 KiB");
        assertThat(failure(new byte[] {'a', (byte) 0xff})).hasMessageContaining("is not UTF-8");
    }

    @Test
    void aTemplateWithoutTheFileIsToldSo() throws Exception {
        var source = TemplateSource.of(Map.of("README.md", new byte[0]));
        var failure = catchThrowableOfType(TemplateException.class, () -> WorkspaceFile.read(source));
        assertThat(failure).hasMessageContaining("workspace.yaml: is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/abs", "../up", "a/../b", "a//b", "a\\b", "", "a\nb", "./a"})
    void filesOutsideTheTemplateAreRefused(String path) {
        assertThat(catchThrowableOfType(TemplateException.class, () -> TemplateSource.of(Map.of(path, new byte[0]))))
                .isNotNull();
    }
}
