package dev.cloister.cli;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConfigDirectory;
import dev.cloister.cli.ssh.SshProcess;
import dev.cloister.cli.ssh.StreamTraining;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.contract.client.SessionToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the build runs in order to record a start-up cache: the commands whose start people wait for most often, against
 * a server inside this process. Errors are of no interest, since a cache only makes things faster.
 */
final class Training {
    static final String ARGUMENT = "--train";

    private Training() {}

    static int run() {
        try (var server = new TrainingServer()) {
            var directory = Files.createTempDirectory("cloister-training-");
            try {
                var url = URI.create("http://127.0.0.1:" + server.port());
                new ConfigDirectory(directory).save(url, new SessionToken("training"));
                commands(directory);
            } finally {
                remove(directory);
            }
            return 0;
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
            return 1;
        }
    }

    private static void commands(Path directory) throws IOException {
        var config = directory.toString();
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var terminal = Terminal.unattended(InputStream.nullInputStream(), nowhere, nowhere);
        var context = new CliContext(terminal, Map.of(SshProcess.PROGRAM, "true"), directory);
        for (var arguments : List.of(
                new String[] {"--config-dir", config, "list"},
                new String[] {"--config-dir", config, "show", "dev"},
                new String[] {"--config-dir", config, "create", "dev", "--yes"},
                new String[] {"--config-dir", config, "start", "dev"},
                new String[] {"--config-dir", config, "ssh", "dev", "--", "true"},
                new String[] {
                    "--config-dir", config, "ssh", "--stdio", "--hostname-suffix", "cloister", "--", "dev.cloister"
                })) {
            CliMain.run(context, arguments);
        }
        try {
            context.settings().chooseConfig(new ConfigDirectory(directory));
            StreamTraining.run(context, TrainingServer.TALKATIVE);
        } catch (CommandException failed) {
            throw new IOException(failed);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
