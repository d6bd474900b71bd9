package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands under {@code secret}. */
@Command(
        name = "secret",
        description = "Keep secrets that all your workspaces get as variables or files.",
        synopsisSubcommandLabel = "COMMAND")
public final class SecretCommands implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SecretCommands() {}

    public static CommandLine line(CliContext context) {
        return new CommandLine(new SecretCommands())
                .addSubcommand("create", new SecretCreateCommand(context))
                .addSubcommand("update", new SecretUpdateCommand(context))
                .addSubcommand("enable", SecretSwitchCommand.enable(context))
                .addSubcommand("disable", SecretSwitchCommand.disable(context))
                .addSubcommand("import", new SecretImportCommand(context))
                .addSubcommand("list", new SecretListCommand(context), "ls")
                .addSubcommand("delete", new SecretDeleteCommand(context), "rm");
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
