package dev.cloister.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.contract.api.SSHConfigResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigSshCommandTest {
    @TempDir
    Path directory;

    private FakeCloister server;
    private Cli cli;
    private Path config;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        serve("", Map.of());
        cli = new Cli(CliMain::run, directory).loggedInTo(server.url());
        config = directory.resolve("home/.ssh/config");
    }

    private void serve(String suffix, Map<String, String> options) {
        server.answer("GET", "/api/v2/deployment/ssh", new SSHConfigResponse("", suffix, options));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theFileIsMadeForItsOwnerOnly() throws Exception {
        assertThat(cli.run("config-ssh").code()).isZero();
        assertThat(config).content().startsWith(SshConfigFile.BEGIN).contains("Host *.cloister \"!*'*\"");
        assertThat(mode(config)).isEqualTo("rw-------");
        assertThat(mode(config.getParent())).isEqualTo("rwx------");
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        cli.run("config-ssh");
        var first = Files.readAllBytes(config);
        var again = cli.run("config-ssh");
        assertThat(again.err()).contains("Nothing was changed");
        assertThat(again.out()).isEmpty();
        assertThat(Files.readAllBytes(config)).isEqualTo(first);
    }

    @Test
    void everythingElseInTheFileIsKept() throws Exception {
        var own = "Compression yes\r\n\n# mine\nHost *\n  User me\n\nno newline at the end";
        write(own);
        cli.run("config-ssh");
        assertThat(config).content().endsWith(SshConfigFile.END + "\n" + own);
        assertThat(cli.run("config-ssh", "--hostname-suffix", "work").out())
                .contains("- Host *.cloister")
                .contains("+ Host *.work");
        assertThat(config).content().endsWith(SshConfigFile.END + "\n" + own).doesNotContain("Host *.cloister");
        assertThat(cli.run("config-ssh", "--remove").code()).isZero();
        assertThat(config).content().isEqualTo(own);
    }

    @Test
    void aDryRunShowsTheChangeAndMakesNone() {
        var result = cli.run("config-ssh", "--dry-run");
        assertThat(result.out()).contains("+     StrictHostKeyChecking yes");
        assertThat(config).doesNotExist();
    }

    @Test
    void aLinkIntoACollectionOfDotfilesStaysALink() throws Exception {
        write("");
        var real = directory.resolve("dotfiles");
        Files.move(config, real);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(config, real);
        cli.run("config-ssh");
        assertThat(config).isSymbolicLink();
        assertThat(real).content().contains("Host *.cloister");
        assertThat(mode(real)).isEqualTo("rw-r--r--");
    }

    @Test
    void aSectionWithoutItsEndIsLeftAlone() throws Exception {
        write(SshConfigFile.BEGIN + "\nHost a\nHost b\n");
        var result = cli.run("config-ssh");
        assertThat(result.code()).isEqualTo(1);
        assertThat(config).content().endsWith("Host b\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\nHost *\n  ProxyCommand touch /tmp/owned",
                "cloister ProxyCommand=id",
                "$(id)",
                "a;b",
                "a'b",
                "a\"b",
                "*",
                "!x",
                "-oProxyCommand=id",
                ".cloister",
                "UPPER",
                "a b"
            })
    void aSuffixThatIsNoneIsNotWritten(String suffix) {
        serve(suffix, Map.of());
        var result = cli.run("config-ssh");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("is not one");
        assertThat(config).doesNotExist();
    }

    @Test
    void aServerCannotHaveProgramsRunOrKeysLent() {
        serve(
                "cloister",
                Map.of(
                        "ProxyCommand", "touch /tmp/owned",
                        "LocalCommand", "id",
                        "ForwardAgent", "yes",
                        "ServerAliveInterval", "15",
                        "Compression", "no\n  LocalCommand id",
                        "ServerAliveCountMax\n  LocalCommand id", "3",
                        "SendEnv", "*",
                        "LogLevel", "QUIET"));
        var result = cli.run("config-ssh");
        assertThat(config).content().contains("    ServerAliveInterval 15").contains("    LogLevel QUIET");
        assertThat(config)
                .content()
                .doesNotContain("touch")
                .doesNotContain("LocalCommand")
                .doesNotContain("ForwardAgent");
        assertThat(config).content().doesNotContain("Compression").doesNotContain("SendEnv");
        assertThat(result.err()).contains("ForwardAgent").contains("LocalCommand");
    }

    @Test
    void aPersonMaySetWhatAServerMayNot() {
        assertThat(cli.run("config-ssh", "--ssh-option", "ForwardAgent=yes").code())
                .isZero();
        assertThat(config).content().contains("    ForwardAgent yes");
        assertThat(cli.run("config-ssh", "--ssh-option", "User=a\nLocalCommand id")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void opensshUnderstandsTheFile() throws Exception {
        write("Compression yes\nHost other.example.com\n  User bob\n");
        cli.run("config-ssh");
        assertThat(effective("dev.cloister"))
                .contains("stricthostkeychecking true")
                .contains("userknownhostsfile " + cli.config().resolve("known_hosts"))
                .contains("updatehostkeys false")
                .contains("compression yes")
                .containsPattern("proxycommand '.*' 'ssh' '--stdio' '--hostname-suffix' 'cloister' '--' '%n'");
        assertThat(effective("alice--dev.main.cloister")).contains("--stdio");
        assertThat(effective("other.example.com"))
                .doesNotContain("--stdio")
                .contains("user bob")
                .contains("compression yes");
    }

    @Test
    void aHostNameWithAQuoteNeverReachesTheCommand() throws Exception {
        cli.run("config-ssh");
        assertThat(effective("x';touch owned;'.cloister")).doesNotContain("--stdio");
    }

    @Test
    void aPathThatAShellCouldMisreadIsRefused() {
        cli.with("CLOISTER_CONFIG_DIR", directory.resolve("it's $HOME").toString());
        var result = cli.run("config-ssh");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("plainer path");
        assertThat(config).doesNotExist();
    }

    private void write(String content) throws Exception {
        Files.createDirectories(config.getParent());
        Files.writeString(config, content);
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** What OpenSSH makes of the file for that host. */
    private String effective(String host) throws Exception {
        var ssh = new ProcessBuilder("ssh", "-F", config.toString(), "-G", "--", host)
                .redirectErrorStream(true)
                .start();
        var output = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ssh.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
