package dev.cloister.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerUrlTest {
    @Test
    void spellingsOfOneServerAreEqual() throws Exception {
        var expected = "https://cloister.example.com";
        assertThat(ServerUrl.parse("cloister.example.com")).hasToString(expected);
        assertThat(ServerUrl.parse(" HTTPS://Cloister.Example.com/ ")).hasToString(expected);
        assertThat(ServerUrl.parse("https://cloister.example.com/some/page?x=1#y"))
                .hasToString(expected);
        assertThat(ServerUrl.parse("http://127.0.0.1:3000")).hasToString("http://127.0.0.1:3000");
        assertThat(ServerUrl.parse("http://[::1]:3000/")).hasToString("http://[::1]:3000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://example.com",
                "https://",
                "https://alice:secret@example.com",
                "http://a b",
                "file:///etc"
            })
    void whatIsNoServerIsRefused(String typed) {
        assertThatThrownBy(() -> ServerUrl.parse(typed)).isInstanceOf(CommandException.class);
    }

    @Test
    void onlyAnUnencryptedConnectionToAnotherMachineIsExposed() throws Exception {
        assertThat(ServerUrl.exposed(ServerUrl.parse("http://example.com"))).isTrue();
        assertThat(ServerUrl.exposed(ServerUrl.parse("http://10.0.0.1"))).isTrue();
        assertThat(ServerUrl.exposed(ServerUrl.parse("https://example.com"))).isFalse();
        assertThat(ServerUrl.exposed(ServerUrl.parse("http://127.0.0.1:3000"))).isFalse();
        assertThat(ServerUrl.exposed(ServerUrl.parse("http://[::1]:3000"))).isFalse();
        assertThat(ServerUrl.exposed(ServerUrl.parse("http://localhost:3000"))).isFalse();
    }
}
