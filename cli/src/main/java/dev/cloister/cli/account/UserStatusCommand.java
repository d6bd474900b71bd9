package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import dev.cloister.contract.api.User;
import dev.cloister.contract.client.UserCalls;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Locks a user out, or lets them in again. */
@Command
final class UserStatusCommand implements Callable<Integer> {
    private interface Change {
        User of(UserCalls users, String user) throws IOException;
    }

    private final CliContext context;
    private final Change change;
    private final String outcome;

    @Parameters(paramLabel = "USER", description = "The user name.")
    private String user = "";

    private UserStatusCommand(CliContext context, Change change, String outcome) {
        this.context = context;
        this.change = change;
        this.outcome = outcome;
    }

    static CommandLine suspend(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new UserStatusCommand(
                        context, UserCalls::suspend, "is suspended, and all their connections are closed.")),
                "Lock a user out at once, without deleting anything.");
    }

    static CommandLine activate(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new UserStatusCommand(context, UserCalls::activate, "can log in again.")),
                "Let a suspended user in again.");
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var changed = change.of(client.users(), user);
            context.terminal().print("The user " + changed.username() + " " + outcome);
        }
        return 0;
    }
}
