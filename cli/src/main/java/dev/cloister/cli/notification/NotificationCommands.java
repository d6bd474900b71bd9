package dev.cloister.cli.notification;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code notifications}. */
public final class NotificationCommands {
    private NotificationCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Have notifications sent or not, and send some to yourself.")
                .addSubcommand("pause", NotificationSwitchCommand.pause(context))
                .addSubcommand("resume", NotificationSwitchCommand.resume(context))
                .addSubcommand("test", new NotificationTestCommand(context))
                .addSubcommand("custom", new NotificationCustomCommand(context));
    }
}
