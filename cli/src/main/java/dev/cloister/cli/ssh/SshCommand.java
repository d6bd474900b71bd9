package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.workspace.WorkspaceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a shell in a workspace, or runs a command there, by the OpenSSH of this machine. */
@Command(
        name = "ssh",
        description = "Open a shell in a workspace, or run a command there. Starts the workspace if it is stopped.",
        footer = {"", "Options go before the workspace; what follows it is the command."})
public final class SshCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(
            index = "0",
            paramLabel = "WORKSPACE",
            description = "NAME or OWNER/NAME, with .AGENT if it has several.")
    private String target = "";

    @Parameters(index = "1..*", paramLabel = "COMMAND", description = "What to run there instead of a shell.")
    private List<String> command = List.of();

    @Option(names = "--no-start", description = "Fail if the workspace is stopped.")
    private boolean noStart;

    @Option(names = "--no-wait", description = "Do not wait for start-up scripts.")
    private boolean noWait;

    @Option(
            names = {"-A", "--forward-agent"},
            description = "Lend the keys of your SSH agent to the workspace.")
    private boolean forwardAgent;

    @Option(names = "-t", description = "Use a terminal for a command too.")
    private boolean terminal;

    @Option(names = "-N", description = "Run nothing; only forward ports.")
    private boolean nothing;

    @Option(names = "-L", paramLabel = "[BIND:]PORT:HOST:HOSTPORT", description = "Forward a port from here to there.")
    private List<String> local = List.of();

    @Option(names = "-R", paramLabel = "[BIND:]PORT:HOST:HOSTPORT", description = "Forward a port from there to here.")
    private List<String> remote = List.of();

    @Option(names = "-D", paramLabel = "[BIND:]PORT", description = "Offer a SOCKS proxy that connects from there.")
    private List<String> dynamic = List.of();

    @Option(names = "--stdio", description = "Carry the standard input and output, as a ProxyCommand of ssh.")
    private boolean stdio;

    @Option(
            names = "--hostname-suffix",
            paramLabel = "SUFFIX",
            description = "With --stdio: take this off the host name.")
    private String suffix = "";

    private SshCommand(CliContext context) {
        this.context = context;
    }

    public static CommandLine line(CliContext context) {
        return new CommandLine(new SshCommand(context)).setStopAtPositional(true);
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var arrival = new Arrival(context, client, !noStart, !noWait);
            if (!stdio) {
                return new SshProcess(context).run(client, arrival, name(), options(), remote());
            }
            new StdioSession(context, client).connect(target, suffix, arrival);
            return 0;
        }
    }

    private WorkspaceName name() throws CommandException {
        return WorkspaceName.parse(target);
    }

    private List<String> options() {
        var words = new ArrayList<String>();
        if (forwardAgent) {
            words.add("-A");
        }
        if (terminal) {
            words.add("-t");
        }
        if (nothing) {
            words.add("-N");
        }
        local.forEach(forward -> words.addAll(List.of("-L", forward)));
        remote.forEach(forward -> words.addAll(List.of("-R", forward)));
        dynamic.forEach(forward -> words.addAll(List.of("-D", forward)));
        return words;
    }

    /** What follows the workspace, without the dashes that many write before it. */
    private List<String> remote() {
        return !command.isEmpty() && command.getFirst().equals("--") ? command.subList(1, command.size()) : command;
    }
}
