package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands under {@code users}. */
@Command(name = "users", description = "Look after the people who use the server.", synopsisSubcommandLabel = "COMMAND")
public final class UserCommands implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private UserCommands() {}

    public static CommandLine line(CliContext context) {
        return new CommandLine(new UserCommands())
                .addSubcommand("create", new UserCreateCommand(context))
                .addSubcommand("list", new UserListCommand(context), "ls")
                .addSubcommand("show", new UserShowCommand(context))
                .addSubcommand("edit-roles", new UserRolesCommand(context))
                .addSubcommand("delete", new UserDeleteCommand(context), "rm")
                .addSubcommand("suspend", UserStatusCommand.suspend(context))
                .addSubcommand("activate", UserStatusCommand.activate(context))
                .addSubcommand("one-time-code", new UserCodeCommand(context));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
