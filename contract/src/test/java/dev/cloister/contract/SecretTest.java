package dev.cloister.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SecretTest {
    @Test
    void itsTextAppearsInNoMessage() {
        assertThat(Secret.of("hunter2").toString()).doesNotContain("hunter2");
        assertThat("%s".formatted(new Login("ada", Secret.of("hunter2")))).doesNotContain("hunter2");
    }

    @Test
    void equalTextsAreEqualSecrets() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).isNotEqualTo(Secret.of("b"));
        assertThat(Secret.of("a").matches("a")).isTrue();
        assertThat(Secret.of("a").matches("ab")).isFalse();
    }

    @Test
    void randomSecretsDifferAndAreNeverShort() {
        assertThat(Secret.random(32)).isNotEqualTo(Secret.random(32));
        assertThat(Secret.random(32).reveal()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThatThrownBy(() -> Secret.random(8)).isInstanceOf(IllegalArgumentException.class);
    }

    private record Login(String user, Secret password) {}
}
