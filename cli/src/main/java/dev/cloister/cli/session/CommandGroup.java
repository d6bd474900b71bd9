package dev.cloister.cli.session;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others. Given alone, it prints which, and fails. */
@Command(synopsisSubcommandLabel = "COMMAND")
public final class CommandGroup implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CommandGroup() {}

    /** An empty group, to which subcommands are added. */
    public static CommandLine of(String description) {
        return described(new CommandLine(new CommandGroup()), description);
    }

    /** Says what a command is for that serves under several names. */
    public static CommandLine described(CommandLine line, String description) {
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
