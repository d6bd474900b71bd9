package dev.cloister.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator may say of mail and webhooks, and what contradicts itself. */
class NotificationSettingsTest {
    private static NotificationSettings load(String... pairs) throws SettingsException {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put("CLOISTER_" + pairs[i], pairs[i + 1]);
        }
        return ServerSettings.load(List.of(), environment).notifications();
    }

    @Test
    void withoutSettingsOnlyInboxesAreFilled() throws SettingsException {
        var settings = load();
        assertThat(settings.email()).isEmpty();
        assertThat(settings.webhook()).isEmpty();
        assertThat(settings.inbox()).isTrue();
    }

    @Test
    void mailNeedsTlsUnlessTheOperatorSaysOtherwise() throws SettingsException {
        var email = load(
                        "EMAIL_SMARTHOST", "mail.example.com:587",
                        "EMAIL_FROM", "Cloister <cloister@example.com>",
                        "EMAIL_AUTH_USERNAME", "cloister",
                        "EMAIL_AUTH_PASSWORD", "hidden")
                .email()
                .orElseThrow();
        assertThat(email.host()).isEqualTo("mail.example.com");
        assertThat(email.port()).isEqualTo(587);
        assertThat(email.tls().startTls()).isTrue();
        assertThat(email.toString()).doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "EMAIL_SMARTHOST, mail.example.com",
        "EMAIL_SMARTHOST, mail.example.com:99999",
        "EMAIL_FROM, a@example.com",
        "EMAIL_TLS_CERTFILE, /nowhere.pem",
        "NOTIFICATIONS_METHOD, webhook",
        "NOTIFICATIONS_METHOD, pigeon",
        "NOTIFICATIONS_WEBHOOK_ENDPOINT, http://hooks.example.com/",
        "NOTIFICATIONS_WEBHOOK_ENDPOINT, https://user:password@hooks.example.com/",
        "NOTIFICATIONS_WEBHOOK_SECRET, alone",
        "NOTIFICATIONS_LEASE_PERIOD, 30s",
        "NOTIFICATIONS_MAX_SEND_ATTEMPTS, 0"
    })
    void whatMakesNoSenseStopsTheStart(String name, String value) {
        assertThatThrownBy(() -> load(name, value)).isInstanceOf(SettingsException.class);
    }

    @Test
    void aPasswordDoesNotCrossANetworkInTheClear() {
        assertThatThrownBy(() -> load(
                        "EMAIL_SMARTHOST", "mail.example.com:25",
                        "EMAIL_FROM", "a@example.com",
                        "EMAIL_TLS_STARTTLS", "false",
                        "EMAIL_AUTH_USERNAME", "a",
                        "EMAIL_AUTH_PASSWORD", "b"))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("hidden");
    }
}
