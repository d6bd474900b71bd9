package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code tokens}. */
public final class TokenCommands {
    private TokenCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Make, list and remove tokens for scripts.")
                .addSubcommand("create", new TokenCreateCommand(context))
                .addSubcommand("list", new TokenListCommand(context), "ls")
                .addSubcommand("view", new TokenViewCommand(context))
                .addSubcommand("remove", new TokenRemoveCommand(context), "rm", "delete");
    }
}
