package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.UpdateUserSecretRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "update", description = "Change a secret. Without options, its value is asked for.")
final class SecretUpdateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    @Option(names = "--env", paramLabel = "VARIABLE", description = "The variable that holds it; empty for none.")
    private @Nullable String variable;

    @Option(names = "--file", paramLabel = "PATH", description = "The file that holds it; empty for none.")
    private @Nullable String file;

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is for.")
    private @Nullable String description;

    @Mixin
    private SecretValue value = new SecretValue();

    SecretUpdateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        boolean nothingElse = variable == null && file == null && description == null;
        var fresh = value.isFromInput() || nothingElse ? value.read(context, name) : null;
        try (var client = context.client()) {
            client.users()
                    .updateSecret("me", name, new UpdateUserSecretRequest(fresh, description, variable, file, null));
            context.terminal().print("Workspaces get the secret " + name + " as it is now at their next start.");
        }
        return 0;
    }
}
