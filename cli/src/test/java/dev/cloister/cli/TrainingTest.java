package dev.cloister.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.testing.Cli;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
    @TempDir
    Path directory;

    @Test
    void theServerOfTheTrainingServesWhatTheCommandsAsk() throws Exception {
        try (var server = new TrainingServer()) {
            var cli = new Cli(CliMain::run, directory).loggedInTo(URI.create("http://127.0.0.1:" + server.port()));
            assertThat(cli.run("list").out()).contains("alice/dev");
            assertThat(cli.run("show", "dev").out()).contains("agent main");
        }
    }

    /** In a process of its own, because it uses up the standard input and output. */
    @Test
    void theTrainingRunsThroughAndLeavesNothingBehind() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.cloister.cli.CliMain",
                        Training.ARGUMENT)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("\r\n");
        assertThat(process.exitValue()).isZero();
        assertThat(directory).isEmptyDirectory();
    }
}
