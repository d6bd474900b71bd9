package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a secret. Running workspaces keep it until they stop.")
final class SecretDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    SecretDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            client.users().deleteSecret("me", name);
            context.terminal().print("The secret " + name + " is deleted.");
        }
        return 0;
    }
}
