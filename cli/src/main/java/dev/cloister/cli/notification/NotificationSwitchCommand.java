package dev.cloister.cli.notification;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Has the sending of notifications rest, or go on. */
@Command
final class NotificationSwitchCommand implements Callable<Integer> {
    private final CliContext context;
    private final boolean paused;

    private NotificationSwitchCommand(CliContext context, boolean paused) {
        this.context = context;
        this.paused = paused;
    }

    static CommandLine pause(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new NotificationSwitchCommand(context, true)),
                "Send no notifications to anybody. What comes up meanwhile waits.");
    }

    static CommandLine resume(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new NotificationSwitchCommand(context, false)),
                "Send notifications again, and what has waited.");
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            client.notifications().setPaused(paused);
            context.terminal().print("Notifications are " + (paused ? "paused." : "sent."));
        }
        return 0;
    }
}
