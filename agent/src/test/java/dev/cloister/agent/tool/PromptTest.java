package dev.cloister.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptTest {
    @Test
    void bothQuestionsOfGitAreUnderstood() {
        var name = Prompt.parse("Username for 'https://github.com': ").orElseThrow();
        var password = Prompt.parse("Password for 'https://x-access-token@github.com/a/b.git': ")
                .orElseThrow();

        assertThat(name.password()).isFalse();
        assertThat(name.address()).hasToString("https://github.com");
        assertThat(password.password()).isTrue();
        assertThat(password.address()).hasToString("https://github.com/a/b.git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Enter passphrase for key '/home/dev/.ssh/id': ",
                "Password for 'https://github.com",
                "Password for 'https://github.com': Password for 'https://evil.example': ",
                "Password for 'https://evil.example'https://github.com': ",
                "Password for 'https://github.com\n': ",
                "Password for 'https://github.com': \n",
                "\u001b[2KPassword for 'https://github.com': ",
                "Password for 'https://github.com\u001b[1D': ",
                "Password for 'git.example.com': ",
                "Password for 'cert:///etc/key.pem': "
            })
    void everythingElseIsNoQuestionForAToken(String text) {
        assertThat(Prompt.parse(text)).isEmpty();
    }
}
