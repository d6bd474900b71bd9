package dev.cloister.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.cli.testing.Cli;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandsTest {
    @TempDir
    Path directory;

    @Test
    void everyCommandExplainsItself() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var context = new CliContext(
                Terminal.unattended(InputStream.nullInputStream(), nowhere, nowhere), Map.of(), directory);
        explain(Commands.complete(context));
    }

    private void explain(CommandLine line) {
        var spec = line.getCommandSpec();
        assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
        for (var option : spec.options()) {
            assertThat(option.hidden() || option.description().length > 0)
                    .as(spec.qualifiedName() + option)
                    .isTrue();
            assertThat(option.longestName())
                    .as("secrets as arguments")
                    .doesNotMatch("--(token|password|session-token)");
        }
        line.getSubcommands().values().forEach(this::explain);
    }

    @Test
    void usageErrorsHaveTheirOwnExitCode() {
        var cli = new Cli(CliMain::run, directory);
        assertThat(cli.run().code()).isEqualTo(2);
        assertThat(cli.run("no-such-command").code()).isEqualTo(2);
        assertThat(cli.run("list", "--no-such-option").code()).isEqualTo(2);
        assertThat(cli.run("show").code()).isEqualTo(2);
        assertThat(cli.run("templates").code()).isEqualTo(2);
        assertThat(cli.run("list").err()).contains("cloister login");
    }

    @Test
    void helpAndVersionNeedNoServer() {
        var cli = new Cli(CliMain::run, directory);
        assertThat(cli.run("--help").out())
                .contains("config-ssh")
                .contains("port-forward")
                .contains("templates");
        assertThat(cli.run("templates", "push", "--help").out()).contains("--directory");
        assertThat(cli.run("--version").out()).startsWith("cloister ");
        assertThat(cli.run("version").code()).isZero();
        assertThat(cli.run("ls", "--help").out()).contains("--search");
    }

    @Test
    void aWordThatIsNoCommandIsNamed() {
        var result = new Cli(CliMain::run, directory).run("crate", "dev");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("There is no command \"crate\".").contains("create");
        assertThat(new Cli(CliMain::run, directory).run("templates", "frob").err())
                .contains("There is no command \"frob\".");
    }

    @Test
    void theServerMayBeNamedBeforeOrAfterTheCommand() {
        var cli = new Cli(CliMain::run, directory);
        assertThat(cli.run("--url", "https://x.invalid", "whoami").err())
                .contains("not logged in to https://x.invalid");
        assertThat(cli.run("whoami", "--url", "https://x.invalid").err())
                .contains("not logged in to https://x.invalid");
    }

    @Test
    void completionIsAScriptThatTheShellAccepts() throws Exception {
        var cli = new Cli(CliMain::run, directory);
        var script = Files.writeString(
                directory.resolve("completion.bash"),
                cli.run("completion", "bash").out());
        var bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(cli.run("completion", "fish").out())
                .contains("complete -c cloister -f -n '__fish_use_subcommand' -a config-ssh")
                .contains("__fish_seen_subcommand_from templates; and __fish_seen_subcommand_from push' -l directory");
        assertThat(cli.run("completion", "zsh").out()).startsWith("autoload");
    }
}
