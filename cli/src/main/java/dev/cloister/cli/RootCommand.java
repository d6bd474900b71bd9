package dev.cloister.cli;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.ConfigDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
        name = "cloister",
        description = "Workspaces inside your own infrastructure.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Run `cloister COMMAND --help` for the options of a command.",
            "`cloister server` runs a server; see `cloister server --help`."
        })
final class RootCommand implements Callable<Integer> {
    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RootCommand(CliContext context) {
        this.context = context;
    }

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server to talk to. Default: CLOISTER_URL, then the server of the last login.")
    void chooseServer(String url) {
        context.settings().chooseServer(url);
    }

    @Option(
            names = "--config-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Where the session is kept. Default: CLOISTER_CONFIG_DIR, then ~/.config/cloister.")
    void chooseConfig(String directory) {
        context.settings().chooseConfig(new ConfigDirectory(Path.of(directory).toAbsolutePath()));
    }

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    private boolean help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
