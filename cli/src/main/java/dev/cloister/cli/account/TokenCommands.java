package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands under {@code tokens}. */
@Command(
        name = "tokens",
        description = "Make, list and remove tokens for scripts.",
        synopsisSubcommandLabel = "COMMAND")
public final class TokenCommands implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TokenCommands() {}

    public static CommandLine line(CliContext context) {
        return new CommandLine(new TokenCommands())
                .addSubcommand("create", new TokenCreateCommand(context))
                .addSubcommand("list", new TokenListCommand(context), "ls")
                .addSubcommand("view", new TokenViewCommand(context))
                .addSubcommand("remove", new TokenRemoveCommand(context), "rm", "delete");
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
