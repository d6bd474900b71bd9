package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code users}. */
public final class UserCommands {
    private UserCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Look after the people who use the server.")
                .addSubcommand("create", new UserCreateCommand(context))
                .addSubcommand("list", new UserListCommand(context), "ls")
                .addSubcommand("show", new UserShowCommand(context))
                .addSubcommand("edit-roles", new UserRolesCommand(context))
                .addSubcommand("delete", new UserDeleteCommand(context), "rm")
                .addSubcommand("suspend", UserStatusCommand.suspend(context))
                .addSubcommand("activate", UserStatusCommand.activate(context))
                .addSubcommand("one-time-code", new UserCodeCommand(context));
    }
}
