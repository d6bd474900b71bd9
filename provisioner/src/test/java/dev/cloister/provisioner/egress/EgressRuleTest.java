package dev.cloister.provisioner.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressRuleTest {
    @Test
    void aNameAllowsItselfOnTheTwoPortsOfTheWeb() {
        var rule = EgressRule.parse("Example.COM.");
        assertThat(rule.allows("example.com", 443)).isTrue();
        assertThat(rule.allows("EXAMPLE.com.", 80)).isTrue();
        assertThat(rule.allows("example.com", 22)).isFalse();
        assertThat(rule.allows("www.example.com", 443)).isFalse();
        assertThat(rule.allows("notexample.com", 443)).isFalse();
        assertThat(rule).hasToString("example.com");
    }

    @Test
    void aStarAllowsWhatIsBelowButNotTheDomainItself() {
        var rule = EgressRule.parse("*.example.com:8443");
        assertThat(rule.allows("a.example.com", 8443)).isTrue();
        assertThat(rule.allows("a.b.example.com", 8443)).isTrue();
        assertThat(rule.allows("example.com", 8443)).isFalse();
        assertThat(rule.allows("evilexample.com", 8443)).isFalse();
        assertThat(rule.allows("a.example.com", 443)).isFalse();
        assertThat(rule).hasToString("*.example.com:8443");
    }

    @Test
    void namesOfOtherScriptsAreComparedInPunycode() {
        assertThat(EgressRule.parse("bücher.example").allows("xn--bcher-kva.example", 443))
                .isTrue();
        assertThat(EgressRule.parse("xn--bcher-kva.example").allows("BÜCHER.example", 443))
                .isTrue();
    }

    @Test
    void addressesMustBeListedAsSuch() {
        assertThat(EgressRule.parse("192.0.2.1:5432").allows("192.0.2.1", 5432)).isTrue();
        assertThat(EgressRule.parse("[2001:DB8::1]:443").allows("[2001:db8::1]", 443))
                .isTrue();
        assertThat(EgressRule.parse("*.example.com").allows("192.0.2.1", 443)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.com",
                "*.",
                "a.*.com",
                "**.example.com",
                "https://example.com",
                "example.com/x",
                "u@example.com",
                "example.com:0",
                "example.com:99999",
                "example.com:",
                "example.com:+80",
                "-a.example",
                "a..example",
                "a b.example",
                "2130706433",
                "0x7f.1",
                "127.1",
                "1.2.3.4.5",
                "999.1.1.1",
                "*.10.0.0.1",
                "[::1",
                "::1",
                "a_b-.example:x"
            })
    void whatIsNotANameIsRefusedWithAdvice(String text) {
        assertThatThrownBy(() -> EgressRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(is|has) .*;.*|.*write.*");
    }
}
