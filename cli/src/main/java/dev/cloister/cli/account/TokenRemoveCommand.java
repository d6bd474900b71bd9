package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "remove", description = "Make a token worthless.")
final class TokenRemoveCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME-OR-ID", description = "The token, by its name or the ID that the list shows.")
    private String wanted = "";

    TokenRemoveCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var id = client.users().tokens("me", false).stream()
                    .filter(token ->
                            token.id().equals(wanted) || token.tokenName().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> CommandException.failure("You have no token \"" + wanted + "\"."))
                    .id();
            client.users().deleteToken("me", id);
            context.terminal().print("The token is removed.");
        }
        return 0;
    }
}
