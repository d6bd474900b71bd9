package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "one-time-code",
        description = "Make a code with which a user who cannot sign in sets a new password, once.")
final class UserCodeCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USER", description = "The user name.")
    private String user = "";

    UserCodeCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var code = client.users().oneTimePasscode(user);
            context.terminal().print(code.oneTimePasscode().reveal());
        }
        return 0;
    }
}
