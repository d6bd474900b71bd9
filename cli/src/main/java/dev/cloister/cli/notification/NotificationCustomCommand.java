package dev.cloister.cli.notification;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.CustomNotificationContent;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "custom", description = "Send a notification to yourself, as at the end of a long script.")
final class NotificationCustomCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "TITLE", description = "One line, at most 120 characters.")
    private String title = "";

    @Parameters(index = "1", paramLabel = "MESSAGE", description = "Markdown, at most 2000 characters.")
    private String message = "";

    NotificationCustomCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            client.notifications().sendCustom(new CustomNotificationContent(title, message));
            context.terminal().print("The notification is on its way to you.");
        }
        return 0;
    }
}
