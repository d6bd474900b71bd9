package dev.cloister.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.client.SessionToken;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private static final URI SERVER = URI.create("https://cloister.example.com");

    @TempDir
    Path directory;

    @Test
    void whatIsRememberedIsReadableByItsOwnerOnly() throws Exception {
        var config = new ConfigDirectory(directory.resolve("a/cloister"));
        config.save(SERVER, new SessionToken("abc-def"));
        assertThat(mode(config.path())).isEqualTo("rwx------");
        assertThat(mode(config.path().resolve("session"))).isEqualTo("rw-------");
        assertThat(mode(config.path().resolve("url"))).isEqualTo("rw-------");
        assertThat(config.session().orElseThrow().reveal()).isEqualTo("abc-def");
        assertThat(config.server()).contains(SERVER);
        config.forgetSession();
        assertThat(config.session()).isEmpty();
        try (var left = Files.list(config.path())) {
            assertThat(left).containsExactly(config.path().resolve("url"));
        }
    }

    @Test
    void aSessionThatOthersCanReadIsNotUsed() throws Exception {
        var config = new ConfigDirectory(directory);
        config.save(SERVER, new SessionToken("abc-def"));
        Files.setPosixFilePermissions(directory.resolve("session"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(config::session).isInstanceOf(CommandException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void theSessionOfALoginGoesToTheServerOfThatLoginOnly() throws Exception {
        new ConfigDirectory(directory).save(SERVER, new SessionToken("abc-def"));
        var settings = new Settings(Map.of(Settings.CONFIG_DIRECTORY, directory.toString()));
        assertThat(settings.token(SERVER)).isPresent();
        assertThat(settings.token(URI.create("https://evil.example.com"))).isEmpty();
        assertThat(settings.token(URI.create("http://cloister.example.com"))).isEmpty();
        settings.chooseServer("https://evil.example.com");
        assertThat(settings.server()).contains(URI.create("https://evil.example.com"));
        assertThat(settings.token(settings.server().orElseThrow())).isEmpty();
    }

    @Test
    void theOptionGoesBeforeTheEnvironmentAndThatBeforeTheLastLogin() throws Exception {
        new ConfigDirectory(directory).save(SERVER, new SessionToken("abc-def"));
        var environment = new HashMap<String, String>();
        environment.put(Settings.CONFIG_DIRECTORY, directory.toString());
        assertThat(new Settings(environment).server()).contains(SERVER);
        environment.put("CODER_URL", "https://second.example.com");
        assertThat(new Settings(environment).server()).contains(URI.create("https://second.example.com"));
        environment.put("CLOISTER_URL", "https://first.example.com");
        assertThat(new Settings(environment).server()).contains(URI.create("https://first.example.com"));
        var chosen = new Settings(environment);
        chosen.chooseServer("option.example.com");
        assertThat(chosen.server()).contains(URI.create("https://option.example.com"));
    }

    @Test
    void theConfigDirectoryFollowsXdg() {
        assertThat(ConfigDirectory.of(Map.of("XDG_CONFIG_HOME", "/x")).path()).isEqualTo(Path.of("/x/cloister"));
        assertThat(ConfigDirectory.of(Map.of("XDG_CONFIG_HOME", "relative")).path())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".config", "cloister"));
    }

    @Test
    void childrenInheritNoToken() {
        var child = new HashMap<>(Map.of("CLOISTER_SESSION_TOKEN", "a", "CODER_SESSION_TOKEN", "b", "PATH", "/bin"));
        Settings.removeToken(child);
        assertThat(child).containsOnlyKeys("PATH");
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
