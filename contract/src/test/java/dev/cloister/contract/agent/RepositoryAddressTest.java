package dev.cloister.contract.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com, https://github.com",
        "https://GitHub.COM/Owner/Name.git, https://github.com/Owner/Name.git",
        "https://me@github.com:443/x, https://github.com/x",
        "http://host:8080/x, http://host:8080/x",
        "https://[2001:db8::1]/x, https://[2001:db8::1]/x",
        "https://github.com@evil.example/x, https://evil.example/x",
        "https://github.com%2Fx@evil.example/, https://evil.example/",
        "https://github.com:pass@evil.example/, https://evil.example/",
        "https://evil.example/@github.com, https://evil.example/@github.com",
    })
    void whereARepositoryIsCountsAndNotWhoSignsIn(String text, String address) {
        assertThat(RepositoryAddress.parse(text))
                .hasValueSatisfying(found -> assertThat(found).hasToString(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "github.com/x",
                "git@github.com:x",
                "ssh://git@github.com/x",
                "https://",
                "https:///x",
                "https://-evil/",
                "https://git_hub.com/",
                "https://git%68ub.com/",
                "https://evil.example\\@github.com/",
                "https://evil.example/\\@github.com",
                "https://a@b@github.com/",
                "https://github.com:0/",
                "https://github.com:65536/",
                "https://github.com:/",
                "https://github.com?@evil.example/",
                "https://github.com#@evil.example/",
                "https://github.com\n/",
                "https://github.com/\nhost=evil.example",
                "https://github.com/\u001b[2K",
                "https://me\r@github.com/",
                "https://me @github.com/",
                "https://github.com/a b",
                "https://gith\u0131b.com/",
                "https://\uff47ithub.com/"
            })
    void whatIsReadInTwoWaysIsNoAddress(String text) {
        assertThat(RepositoryAddress.parse(text)).isEmpty();
    }

    @Test
    void whatOthersCanReadOnTheWayIsNotPrivate() {
        assertThat(RepositoryAddress.parse("http://github.com").orElseThrow().isPrivate())
                .isFalse();
        assertThat(RepositoryAddress.parse("http://127.evil.example")
                        .orElseThrow()
                        .isPrivate())
                .isFalse();
        assertThat(RepositoryAddress.parse("http://127.0.0.1:3000")
                        .orElseThrow()
                        .isPrivate())
                .isTrue();
        assertThat(RepositoryAddress.parse("https://github.com").orElseThrow().isPrivate())
                .isTrue();
    }

    @Test
    void anAddressHasABound() {
        assertThat(RepositoryAddress.parse("https://github.com/" + "x".repeat(3000)))
                .isEmpty();
    }
}
