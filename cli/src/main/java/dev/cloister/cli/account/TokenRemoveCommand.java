package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.APIKeyWithOwner;
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
            var id = Tokens.find(client, wanted).map(APIKeyWithOwner::id).orElse(wanted);
            if (!Tokens.isId(id)) {
                throw CommandException.failure("You have no token \"" + wanted + "\".");
            }
            // those of others, as far as the caller may, are named by their ID
            client.users().deleteToken("me", id);
            context.terminal().print("The token is removed.");
        }
        return 0;
    }
}
