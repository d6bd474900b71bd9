package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code secret}. */
public final class SecretCommands {
    private SecretCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Keep secrets that all your workspaces get as variables or files.")
                .addSubcommand("create", new SecretCreateCommand(context))
                .addSubcommand("update", new SecretUpdateCommand(context))
                .addSubcommand("enable", SecretSwitchCommand.enable(context))
                .addSubcommand("disable", SecretSwitchCommand.disable(context))
                .addSubcommand("import", new SecretImportCommand(context))
                .addSubcommand("list", new SecretListCommand(context), "ls")
                .addSubcommand("delete", new SecretDeleteCommand(context), "rm");
    }
}
