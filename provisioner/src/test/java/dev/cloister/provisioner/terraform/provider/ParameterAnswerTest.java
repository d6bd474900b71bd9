package dev.cloister.provisioner.terraform.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

final class ParameterAnswerTest {
    private static String answer(String json, Map<String, String> chosen, Map<String, String> before) {
        var type = ProviderSchema.published().dataSource("coder_parameter").orElseThrow();
        var config = (Fields) JsonValues.of(JsonMapper.shared().readTree(json));
        var filled = Planning.create(type, type.block().fitted(config.with("name", Value.of("p"))));
        var findings = new Findings();
        var facts = Trial.facts("start", chosen);
        facts = new BuildFacts(
                facts.accessUrl(),
                facts.transition(),
                true,
                facts.workspace(),
                facts.owner(),
                facts.template(),
                chosen,
                before,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
        var answer = new ParameterAnswer(facts, filled, findings).answer();
        if (findings.hasErrors()) {
            return "error: "
                    + String.join(
                            "; ",
                            findings.all().stream()
                                    .map(Findings.Finding::summary)
                                    .toList());
        }
        assertThat(answer.isKnown()).isTrue();
        return answer.textOrEmpty("form_type") + " " + answer.textOrEmpty("value");
    }

    private static String answer(String json) {
        return answer(json, Map.of(), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "string,false,input textarea", "string,true,radio dropdown", "number,false,input slider",
        "number,true,radio dropdown", "bool,false,checkbox switch", "bool,true,radio dropdown",
        "list(string),false,tag-select", "list(string),true,radio multi-select"
    })
    void eachTypeHasItsInputs(String type, boolean options, String forms) {
        assertThat(ParameterTypes.forms(type, options)).isEqualTo(List.of(forms.split(" ")));
    }

    @Test
    void aChosenValueGoesBeforeTheDefaultEvenWhenItIsEmpty() {
        assertThat(answer("{\"default\":\"a\"}")).isEqualTo("input a");
        assertThat(answer("{\"default\":\"a\"}", Map.of("p", "b"), Map.of())).isEqualTo("input b");
        assertThat(answer("{\"default\":\"a\"}", Map.of("p", ""), Map.of())).isEqualTo("input ");
        assertThat(answer("{}")).isEqualTo("input ");
    }

    @Test
    void valuesMustBeOfTheirTypeAndAmongTheOptions() {
        assertThat(answer("{\"type\":\"number\",\"default\":\"x\"}")).startsWith("error");
        assertThat(answer("{\"type\":\"bool\",\"default\":\"yes\"}")).startsWith("error");
        assertThat(answer("{\"type\":\"bool\",\"default\":\"true\"}")).isEqualTo("checkbox true");
        assertThat(answer("{\"type\":\"list(string)\",\"default\":\"[\\\"a\\\"]\"}"))
                .isEqualTo("tag-select [\"a\"]");
        String options = "\"option\":[{\"name\":\"A\",\"value\":\"a\"},{\"name\":\"B\",\"value\":\"b\"}]";
        assertThat(answer("{\"default\":\"c\"," + options + "}")).contains("none of its options");
        assertThat(answer(
                        "{\"type\":\"list(string)\",\"form_type\":\"multi-select\",\"default\":\"[\\\"a\\\",\\\"b\\\"]\","
                                + options + "}"))
                .isEqualTo("multi-select [\"a\",\"b\"]");
        assertThat(answer("{\"type\":\"list(string)\",\"form_type\":\"multi-select\",\"default\":\"[\\\"c\\\"]\","
                        + options + "}"))
                .startsWith("error");
        assertThat(answer("{\"option\":[{\"name\":\"A\",\"value\":\"a\"},{\"name\":\"A\",\"value\":\"a\"}]}"))
                .contains("two options");
        assertThat(answer("{\"form_type\":\"slider\",\"default\":\"a\"}")).contains("cannot have the form_type");
    }

    @Test
    void anEphemeralParameterIsMutableAndHasADefault() {
        assertThat(answer("{\"ephemeral\":true,\"default\":\"a\"}")).contains("must be mutable");
        assertThat(answer("{\"ephemeral\":true,\"mutable\":true}")).contains("must have a default");
        assertThat(answer("{\"ephemeral\":true,\"mutable\":true,\"default\":\"a\"}"))
                .isEqualTo("input a");
    }

    @Test
    void numbersStayWithinTheirLimitsAndGoOneWay() {
        String limits = "{\"type\":\"number\",\"default\":\"3\",\"validation\":[{\"min\":1,\"max\":5,"
                + "\"monotonic\":\"increasing\",\"error\":\"{value} is not in {min}..{max}\"}]}";
        assertThat(answer(limits)).isEqualTo("input 3");
        assertThat(answer(limits, Map.of("p", "6"), Map.of())).contains("6 is not in 1..5");
        assertThat(answer(limits, Map.of("p", "2"), Map.of("p", "3"))).startsWith("error");
        assertThat(answer(limits, Map.of("p", "2"), Map.of("p", "many"))).isEqualTo("input 2");
    }

    @Test
    void patternsAreForTextsNeedASentenceAndEnd() {
        assertThat(answer("{\"default\":\"ab\",\"validation\":[{\"regex\":\"^[a-z]+$\",\"error\":\"letters\"}]}"))
                .isEqualTo("input ab");
        assertThat(answer("{\"default\":\"1\",\"validation\":[{\"regex\":\"^[a-z]+$\",\"error\":\"letters\"}]}"))
                .isEqualTo("error: letters");
        assertThat(answer("{\"default\":\"1\",\"validation\":[{\"regex\":\"^[a-z]+$\"}]}"))
                .contains("\"error\" must say");
        assertThat(answer("{\"default\":\"1\",\"validation\":[{\"min\":1}]}")).contains("is for numbers");
        assertThat(answer("{\"default\":\"" + "a".repeat(5000)
                        + "b\",\"validation\":[{\"regex\":\"^(a+)+$\",\"error\":\"x\"}]}"))
                .contains("takes too long");
    }

    @Test
    void schedulesOfOnePresetMayNotSpeakOfTheSameHour() {
        assertThat(PrebuildHours.parse("* 8-18 * * 1-5").meets(PrebuildHours.parse("* 18 * * 5")))
                .isTrue();
        assertThat(PrebuildHours.parse("* 8-17 * * 1-5").meets(PrebuildHours.parse("* 18 * * 5")))
                .isFalse();
        assertThat(PrebuildHours.parse("* 8 * * 1-5").meets(PrebuildHours.parse("* 8 * * 6")))
                .isFalse();
        assertThat(PrebuildHours.parse("* 8 1 1 *").meets(PrebuildHours.parse("* 8 1 2 *")))
                .isFalse();
    }

    @Test
    void aValueSurvivesTheWayThroughBytes() throws Exception {
        var value = new Fields(new LinkedHashMap<>(Map.of(
                "text",
                Value.of("ü"),
                "none",
                Value.NULL,
                "later",
                Value.UNKNOWN,
                "yes",
                Value.of(true),
                "many",
                new Value.Many(List.of(Value.of(1L << 40), new Value.Number(new BigDecimal("1.50")))))));
        var read = (Fields) MessagePack.read(MessagePack.write(value));
        assertThat(read.get("later")).isEqualTo(Value.UNKNOWN);
        assertThat(read.get("none")).isEqualTo(Value.NULL);
        assertThat(read.textOrEmpty("text")).isEqualTo("ü");
        assertThat(read.flag("yes")).isTrue();
    }
}
