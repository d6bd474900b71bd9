package dev.cloister.provisioner.workspacefile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables, presets, input types and one-way numbers of a {@code workspace.yaml}. */
class VariablesAndPresetsTest {
    private static final String GOOD = """
            version: 1
            variables:
              - {name: registry, default: registry.example.com, description: Where images are.}
              - {name: processors, type: number}
            parameters:
              - {name: memory, type: number, default: 4, mutable: true, form_type: slider, validation: {min: 1, max: 64, monotonic: increasing}}
              - {name: region, options: [{value: eu}, {value: us}], form_type: dropdown}
              - {name: tools, type: list(string), default: []}
            presets:
              - name: Large
                description: For builds.
                default: true
                parameters: {memory: 32, region: eu, tools: [maven, git]}
              - {name: Small, parameters: {memory: 1}}
            resources:
              cpu: ${variables.processors}
              memory: ${parameters.memory}GiB
            environment:
              REGISTRY: https://${variables.registry}/
            """;

    private static WorkspaceFile read(String yaml, Map<String, String> variables) throws TemplateException {
        return WorkspaceFile.read(TemplateSource.of(Map.of("workspace.yaml", yaml.getBytes(UTF_8)))
                .with(variables));
    }

    @Test
    void variablesAreFilledInWithWhatWasGivenOrTheirDefault() throws Exception {
        var file = read(GOOD, Map.of("processors", "2"));
        assertThat(file.variables()).extracting("name").containsExactly("registry", "processors");
        var spec = file.resolve(Map.of("memory", "4", "region", "eu"), "dev", "ada");
        assertThat(spec.environment()).containsEntry("REGISTRY", "https://registry.example.com/");
        assertThat(spec.resources().cpuMillis()).isEqualTo(2000);
        var other = read(GOOD, Map.of("processors", "2", "registry", "r.example"));
        assertThat(other.resolve(Map.of(), "dev", "ada").environment()).containsEntry("REGISTRY", "https://r.example/");
    }

    @Test
    void presetsHoldTheValuesOfParameters() throws Exception {
        var presets = read(GOOD, Map.of("processors", "2")).presets();
        assertThat(presets).extracting("name").containsExactly("Large", "Small");
        assertThat(presets.getFirst().preferred()).isTrue();
        assertThat(presets.getFirst().parameters())
                .isEqualTo(Map.of("memory", "32", "region", "eu", "tools", "[\"maven\",\"git\"]"));
    }

    @Test
    void aVariableWithoutAUsableValueIsTold() {
        assertThat(problem(GOOD, Map.of())).contains("workspace.yaml:4", "variables[1]", "processors");
        assertThat(problem(GOOD, Map.of("processors", "two"))).contains("variables[1]", "not a number");
        assertThat(problem(GOOD, Map.of("processors", "2", "registry", "a\u0007b")))
                .contains("not a string");
    }

    private static String problem(String yaml, Map<String, String> variables) {
        var failure = catchThrowableOfType(TemplateException.class, () -> read(yaml, variables));
        assertThat(failure).as(yaml).isNotNull();
        return String.valueOf(failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            variables: [{name: a}, {name: a}] | variables[1].name | another variable
            variables: [{name: a, type: bool, default: maybe}] | variables[0].default | not a bool
            variables: [{name: a, sensitive: true}] | variables[0].sensitive | is not a field here
            presets: [{name: A, parameters: {sise: 2}}] | presets[0].parameters.sise | did you mean "size"
            presets: [{name: A, parameters: {size: 9}}] | presets[0].parameters.size | would be refused
            presets: [{name: A, parameters: {size: 2}}, {name: a, parameters: {size: 2}}] | presets[1].name | another preset
            presets: [{name: A, default: true, parameters: {size: 2}}, {name: B, default: true, parameters: {size: 2}}] | presets[1].default | already
            presets: [{name: A, parameters: {size: '${owner.name}'}}] | presets[0].parameters.size | would be refused
            presets: [{name: A}] | presets[0].parameters | is missing
            presets: [{name: A, parameters: {size: 1}, instances: 3}] | presets[0].instances | is not a field here
            environment: {A: '${variables.nope}'} | environment.A | does not exist
            """)
    void aMistakeIsToldWithItsField(String line, String field, String message) {
        String yaml = "version: 1\nparameters:\n  - {name: size, type: number, default: 2, validation: {max: 8}}\n"
                + line + "\n";
        assertThat(problem(yaml, Map.of("a", "x")))
                .contains("workspace.yaml:4")
                .contains(field)
                .contains(message);
    }

    @Test
    void anInputMustSuitItsParameterAndOnlyNumbersGoOneWay() {
        assertThat(problem("version: 1\nparameters: [{name: a, default: x, form_type: slider}]\n", Map.of()))
                .contains("parameters[0].form_type", "input, textarea");
        assertThat(problem(
                        "version: 1\nparameters: [{name: a, default: x, validation: {monotonic: increasing}}]\n",
                        Map.of()))
                .contains("validation.monotonic", "type number");
    }

    @Test
    void aNumberThatOnlyGrowsDoesNotShrink() throws Exception {
        var memory = read(GOOD, Map.of("processors", "2")).parameters().getFirst();
        assertThat(ParameterValues.changeProblem(memory, "4", "8")).isEmpty();
        assertThat(ParameterValues.changeProblem(memory, "4", "4.0")).isEmpty();
        assertThat(ParameterValues.changeProblem(memory, "8", "4")).isPresent();
        assertThat(FormTypes.shown(memory)).isEqualTo("slider");
    }
}
