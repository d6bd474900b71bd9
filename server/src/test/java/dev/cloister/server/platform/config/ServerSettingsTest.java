package dev.cloister.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
    @TempDir
    Path directory;

    private static void refused(List<String> arguments, Map<String, String> environment, String... parts) {
        assertThatThrownBy(() -> ServerSettings.load(arguments, environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void withoutAnythingTheServerListensOnLoopbackOnly() throws SettingsException {
        var settings = ServerSettings.load(List.of(), Map.of("XDG_DATA_HOME", "/data"));

        assertThat(settings.listening().http().orElseThrow().getPort()).isEqualTo(3000);
        assertThat(settings.listening().isLoopbackOnly()).isTrue();
        assertThat(settings.apps().wildcardSuffix()).isEmpty();
        assertThat(settings.apps().onPaths()).isFalse();
        assertThat(settings.sessions().unused()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void aFlagWinsOverTheEnvironmentAndThatOverTheFile() throws IOException, SettingsException {
        Path file = Files.writeString(directory.resolve("c.yaml"), """
                http-address: 127.0.0.1:1111
                ssh-hostname-suffix: from-file
                provisioner-daemons: 7
                """);
        var settings = ServerSettings.load(
                List.of("--http-address", "127.0.0.1:3333", "--config=" + file),
                Map.of("CLOISTER_HTTP_ADDRESS", "127.0.0.1:2222", "CLOISTER_SSH_HOSTNAME_SUFFIX", "from-env"));

        assertThat(settings.listening().http().orElseThrow().getPort()).isEqualTo(3333);
        assertThat(settings.sshHostnameSuffix()).isEqualTo("from-env");
        assertThat(settings.provisioners()).isEqualTo(7);
        assertThat(settings.shown())
                .filteredOn(shown -> shown.name().equals("provisioner-daemons"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.source()).contains("c.yaml"));
    }

    @Test
    void unknownNamesStopTheStartAndTheNearestIsSuggested() throws IOException {
        Path file = Files.writeString(directory.resolve("c.yaml"), "acces-url: x\n");

        refused(List.of("--http-adress", "x"), Map.of(), "--http-adress", "Did you mean --http-address?");
        refused(List.of(), Map.of("CLOISTER_HTP_ADDRESS", "x"), "CLOISTER_HTP_ADDRESS", "http-address");
        refused(List.of("--config", file.toString()), Map.of(), "acces-url", "access-url");
        refused(List.of("serve"), Map.of(), "is not a flag");
        refused(List.of("--http-address"), Map.of(), "needs a value");
    }

    @Test
    void whatTheClientReadsIsNotTheServersAffair() throws SettingsException {
        ServerSettings.load(List.of(), Map.of("CLOISTER_URL", "http://x", "CLOISTER_SESSION_TOKEN", "y", "HOME", "/"));
    }

    @Test
    void contradictionsAreToldAllAtOnce() {
        refused(
                List.of("--tls-address", "0.0.0.0:443", "--wildcard-access-url", "*.apps.example.com",
                        "--session-duration", "2h", "--max-session-lifetime", "1h"),
                Map.of(),
                "tls-cert-file",
                "needs access-url",
                "max-session-lifetime");
        refused(List.of("--http-address", "off"), Map.of(), "nobody could reach");
        refused(List.of("--tls-key-file", "/x"), Map.of(), "without tls-address");
        refused(
                List.of("--access-url", "https://c.example.com", "--wildcard-access-url", "*.c.example.com"),
                Map.of(),
                "could set cookies");
    }

    @Test
    void nonsenseIsToldWithWhatWouldBeRight() {
        refused(List.of("--http-address", "127.0.0.1:99999"), Map.of(), "127.0.0.1:3000");
        refused(List.of("--http-address", "somewhere"), Map.of(), "ADDRESS:PORT");
        refused(List.of("--session-duration", "soon"), Map.of(), "8h");
        refused(List.of("--api-rate-limit", "-1"), Map.of(), "0 to");
        refused(List.of("--enable-path-apps=maybe"), Map.of(), "true or false");
        refused(List.of("--access-url", "ftp://x"), Map.of(), "https://");
        refused(List.of("--access-url", "https://user:pass@x"), Map.of(), "https://");
        refused(List.of("--log-format", "xml"), Map.of(), "human or json");
        refused(List.of("--config", "/does/not/exist"), Map.of(), "cannot be read");
    }

    @Test
    void secretsAreNotTakenFromArgumentsAndNeverShown() throws SettingsException {
        refused(List.of("--postgres-password", "hunter2"), Map.of(), "CLOISTER_POSTGRES_PASSWORD");
        refused(List.of("--postgres-url", "postgres://u:hunter2@h/d"), Map.of(), "CLOISTER_POSTGRES_PASSWORD");

        var settings = ServerSettings.load(
                List.of("--postgres-url", "postgres://u@db.example.com/d"),
                Map.of("CLOISTER_POSTGRES_PASSWORD", "hunter2"));
        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(settings.postgres().orElseThrow().jdbcUrl()).contains("sslmode=verify-full");
    }

    @Test
    void theOperatorsPageListsEverySettingAndNoOther() throws IOException {
        String page = Files.readString(Path.of("../docs/settings.md"));
        for (Setting setting : Declarations.ALL) {
            assertThat(page).contains("| `" + setting.name() + "` | `" + setting.variable() + "` |");
            assertThat(page).contains(setting.description());
        }
        assertThat(page.lines().filter(line -> line.startsWith("| `"))).hasSize(Declarations.ALL.size());
    }
}
