package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a user who has no workspaces left.")
final class UserDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USER", description = "The user, by name or ID.")
    private String user = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    UserDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = client.users().get(user);
            context.askIfAttended(consent.given(), "Delete the user " + found.username() + "?");
            client.users().delete(found.id().toString());
            context.terminal().print("The user " + found.username() + " is deleted.");
        }
        return 0;
    }
}
