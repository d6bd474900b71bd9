package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.CreateUserSecretRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Keep a secret. Its value cannot be shown again.")
final class SecretCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "A name by which you will know it.")
    private String name = "";

    @Option(names = "--env", paramLabel = "VARIABLE", description = "The variable that holds it in workspaces.")
    private String variable = "";

    @Option(names = "--file", paramLabel = "PATH", description = "The file that holds it in workspaces: ~/... or /...")
    private String file = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private String description = "";

    @Mixin
    private SecretValue value = new SecretValue();

    SecretCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var request = new CreateUserSecretRequest(name, value.read(context, name), description, variable, file, true);
        try (var client = context.client()) {
            client.users().createSecret("me", request);
            context.terminal().print("Workspaces get the secret " + name + " at their next start.");
        }
        return 0;
    }
}
