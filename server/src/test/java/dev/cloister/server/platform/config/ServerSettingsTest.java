package dev.cloister.server.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        refused(List.of(), Map.of("CLOISTER_HTP_ADDRESS", "x"), "CLOISTER_HTP_ADDRESS", "CLOISTER_HTTP_ADDRESS");
        refused(List.of("--config", file.toString()), Map.of(), "acces-url", "access-url");
        refused(List.of("serve"), Map.of(), "is not a flag");
        refused(List.of("--http-address"), Map.of(), "needs a value");
    }

    @Test
    void whatTheClientReadsIsNotTheServersAffair() throws SettingsException {
        ServerSettings.load(
                List.of(),
                Map.of(
                        "CLOISTER_URL", "http://x",
                        "CLOISTER_SESSION_TOKEN", "y",
                        "CLOISTER_CONFIG_DIR", "/x",
                        "CLOISTER_CA_FILE", "/x",
                        "CLOISTER_TEST_SLOW", "1",
                        "CLOISTER_WORKSPACE_NAME", "dev",
                        "CLOISTER_LOG_LEVEL", "",
                        "CODER_HTTP_ADDRESS", "nonsense",
                        "HOME", "/"));
    }

    @Test
    void contradictionsAreToldAllAtOnce() {
        refused(
                List.of(
                        "--tls-address",
                        "0.0.0.0:443",
                        "--wildcard-access-url",
                        "*.apps.example.com",
                        "--session-duration",
                        "2h",
                        "--max-session-lifetime",
                        "1h"),
                Map.of(),
                "tls-cert-file",
                "needs access-url",
                "max-session-lifetime");
        refused(List.of("--http-address", "off"), Map.of(), "nobody could reach");
        assertThatThrownBy(() -> ServerSettings.load(List.of("--http-address", "nonsense"), Map.of()))
                .hasMessageNotContaining("nobody could reach");
        refused(
                List.of(),
                Map.of("CLOISTER_HTTP_ADRESS", "127.0.0.1:1"),
                "Unknown environment variable CLOISTER_HTTP_ADRESS. Did you mean CLOISTER_HTTP_ADDRESS?");
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
    void aPostgresElsewhereIsReachedWithVerifiedTlsOnly() throws SettingsException {
        for (var host : List.of("db.example.com", "127.example.com", "10.0.0.1", "localhost.example.com")) {
            assertThat(external(host).jdbcUrl()).as(host).contains("sslmode=verify-full");
        }
        for (var host : List.of("localhost", "127.0.0.1", "127.9.9.9", "[::1]")) {
            assertThat(external(host).jdbcUrl()).as(host).contains("sslmode=prefer");
        }
        refused(List.of("--postgres-url", "postgres://u@h/d?sslmode=disable"), Map.of(), "takes no parameters");
    }

    private static ServerSettings.ExternalPostgres external(String host) throws SettingsException {
        return ServerSettings.load(List.of("--postgres-url", "postgres://u@" + host + "/d"), Map.of())
                .postgres()
                .orElseThrow();
    }

    @Test
    void aPasswordCanComeFromAFile() throws IOException, SettingsException {
        var file = Files.writeString(directory.resolve("password"), "hunter2\n");
        var settings = ServerSettings.load(
                List.of("--postgres-url", "postgres://a%40b@h/d", "--postgres-password-file", file.toString()),
                Map.of());
        assertThat(settings.postgres().orElseThrow().password().reveal()).isEqualTo("hunter2");
        assertThat(settings.postgres().orElseThrow().user()).isEqualTo("a@b");
        refused(
                List.of("--postgres-url", "postgres://u@h/d", "--postgres-password-file", file.toString()),
                Map.of("CLOISTER_POSTGRES_PASSWORD", "x"),
                "not both");
        refused(List.of(), Map.of("CLOISTER_POSTGRES_PASSWORD", "x"), "means nothing without postgres-url");
    }

    @Test
    void aSecretInAFileThatOthersCanReadIsRefused() throws IOException, SettingsException {
        var file = Files.writeString(
                directory.resolve("c.yaml"), "postgres-url: postgres://u@h/d\npostgres-password: hunter2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        refused(List.of("--config", file.toString()), Map.of(), "line 2", "chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var settings = ServerSettings.load(List.of("--config", file.toString()), Map.of());
        assertThat(settings.postgres().orElseThrow().password().reveal()).isEqualTo("hunter2");
        assertThat(settings.table()).doesNotContain("hunter2").contains("(hidden)", "c.yaml line 2");
    }

    @Test
    void theFileNamesTheLineOfEveryMistake() throws IOException {
        refusedFile("log-level: info\nhttp-adress: x\n", "line 2", "http-address");
        refusedFile("log-level: info\nlog-level: debug\n", "line 2");
        refusedFile("log-level: [info\n", "not valid YAML");
        refusedFile("log-level: {a: b}\n", "line 1", "single value");
        refusedFile("log-level:\n", "line 1", "single value");
        refusedFile("log-level: [info, debug]\n", "line 1", "not a list");
        refusedFile("- log-level\n", "name: value");
        refusedFile("config: other.yaml\n", "Unknown key");
        refusedFile("? [a, b]\n: c\n", "line 1");
    }

    private void refusedFile(String content, String... parts) throws IOException {
        var file = Files.writeString(directory.resolve("mistake.yaml"), content);
        refused(List.of("--config", file.toString()), Map.of(), parts);
    }

    @Test
    void listsAreListsInTheFileToo() throws IOException, SettingsException {
        var file = Files.writeString(
                directory.resolve("c.yaml"), "proxy-trusted-origins: [10.0.0.1, '::1']\nsandbox-max-cpu: 8\n");
        var settings = ServerSettings.load(List.of("--config", file.toString()), Map.of());
        assertThat(settings.listening().trustedProxies()).containsExactly("10.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(settings.sandbox().maximum().cpuMillis()).isEqualTo(8000);
    }

    @Test
    void onlyAServerThatNobodyElseCanReachCountsAsLoopback() throws SettingsException {
        assertThat(isLoopbackOnly()).isTrue();
        assertThat(isLoopbackOnly("--http-address", "[::1]:0")).isTrue();
        assertThat(isLoopbackOnly("--access-url", "http://cloister.localhost:3000"))
                .isTrue();
        assertThat(isLoopbackOnly("--http-address", ":3000")).isFalse();
        assertThat(isLoopbackOnly("--http-address", "[::]:3000")).isFalse();
        assertThat(isLoopbackOnly("--access-url", "https://cloister.example.com"))
                .isFalse();
        assertThat(isLoopbackOnly("--proxy-trusted-origins", "127.0.0.1")).isFalse();
    }

    private static boolean isLoopbackOnly(String... arguments) throws SettingsException {
        return ServerSettings.load(List.of(arguments), Map.of()).listening().isLoopbackOnly();
    }

    @Test
    void appsAndPlatformShareNoHostName() {
        refused(
                List.of("--access-url", "https://c.apps.example.com", "--wildcard-access-url", "*.apps.example.com"),
                Map.of(),
                "must not be one of the names");
        refused(
                List.of("--access-url", "https://c.example.com", "--wildcard-access-url", "*.apps.c.example.com"),
                Map.of(),
                "could set cookies");
        refused(List.of("--access-url", "https://c", "--wildcard-access-url", "*.1.2.3"), Map.of(), "must be like");
        refused(List.of("--access-url", "https://c", "--wildcard-access-url", "apps.x.com"), Map.of(), "must be like");
    }

    @Test
    void limitsOfSandboxesAreReadAndCompared() throws SettingsException {
        var sandbox = ServerSettings.load(
                        List.of("--sandbox-default-cpu", "0.5", "--sandbox-default-memory=512MiB"), Map.of())
                .sandbox();
        assertThat(sandbox.defaults()).isEqualTo(new ServerSettings.SandboxLimits(500, 512L << 20, 10L << 30, 2048));
        assertThat(sandbox.maximum().diskBytes()).isEqualTo(1L << 40);
        refused(List.of("--sandbox-max-memory", "1GiB"), Map.of(), "must not be above its maximum");
        refused(List.of("--sandbox-max-memory", "4GB"), Map.of(), "512MiB");
        refused(List.of("--sandbox-max-memory", "9999999999TiB"), Map.of(), "512MiB");
        refused(List.of("--sandbox-max-cpu", "many"), Map.of(), "processors");
        refused(List.of("--sandbox-first-uid", "0"), Map.of(), "65536");
        refused(List.of("--sandbox-private-networks", "10.0.0.0/33"), Map.of(), "10.1.0.0/16");
    }

    @Test
    void moreContradictionsStopTheStart() {
        refused(
                List.of("--secure-auth-cookie", "--access-url", "http://c.example.com"),
                Map.of(),
                "never send the cookie");
        refused(List.of("--log-level=info", "--log-level=debug"), Map.of(), "twice");
        refused(
                List.of("--postgres-url", "postgres://u@h/d", "--postgres-account", "db"),
                Map.of(),
                "means nothing with postgres-url");
        refused(List.of("--postgres-account", "root"), Map.of(), "unprivileged");
        refused(List.of("--proxy-trusted-origins", "proxy.example.com"), Map.of(), "IP addresses");
        refused(
                List.of("--tls-address", "127.0.0.1:443", "--tls-cert-file", "/nowhere", "--tls-key-file", "/nowhere"),
                Map.of(),
                "tls-cert-file: /nowhere does not exist");
    }

    @Test
    void anAddressIsNeverLookedUp() throws SettingsException {
        for (var wrong :
                List.of("example.com:80", "::1:80", "1.2.3.4.5:80", "[127.0.0.1:80", "127.0.0.1", "127.0.0.1:x")) {
            refused(List.of("--http-address", wrong), Map.of(), "127.0.0.1:3000");
        }
        var address = ServerSettings.load(List.of("--http-address", "localhost:0"), Map.of())
                .listening()
                .http()
                .orElseThrow();
        assertThat(address.getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void whatIsWrongIsShownWithoutControlCharacters() {
        refused(List.of("--log-level", "\u001b[31mred"), Map.of(), "?[31mred");
    }

    @Test
    void theOperatorsPageIsWhatTheDeclarationsSay() throws IOException {
        var page = Path.of("../docs/settings.md");
        if (System.getenv("SETTINGS_PAGE_WRITE") != null) {
            Files.writeString(page, SettingsText.page());
        }
        assertThat(Files.readString(page))
                .as("docs/settings.md is out of date; make settings-page writes it anew")
                .isEqualTo(SettingsText.page());
    }

    @Test
    void theHelpNamesEverySetting() {
        for (var setting : Declarations.ALL) {
            assertThat(ServerSettings.help()).contains(setting.variable(), setting.description());
        }
    }
}
