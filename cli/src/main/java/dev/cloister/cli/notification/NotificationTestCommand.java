package dev.cloister.cli.notification;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "test", description = "Send a test to yourself, to see whether notifications arrive.")
final class NotificationTestCommand implements Callable<Integer> {
    private final CliContext context;

    NotificationTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            client.notifications().sendTest();
            context.terminal().print("A test is on its way to you.");
        }
        return 0;
    }
}
