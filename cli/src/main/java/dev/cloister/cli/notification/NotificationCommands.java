package dev.cloister.cli.notification;

import dev.cloister.cli.session.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands under {@code notifications}. */
@Command(
        name = "notifications",
        description = "Have notifications sent or not, and send some to yourself.",
        synopsisSubcommandLabel = "COMMAND")
public final class NotificationCommands implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private NotificationCommands() {}

    public static CommandLine line(CliContext context) {
        return new CommandLine(new NotificationCommands())
                .addSubcommand("pause", NotificationSwitchCommand.pause(context))
                .addSubcommand("resume", NotificationSwitchCommand.resume(context))
                .addSubcommand("test", new NotificationTestCommand(context))
                .addSubcommand("custom", new NotificationCustomCommand(context));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
