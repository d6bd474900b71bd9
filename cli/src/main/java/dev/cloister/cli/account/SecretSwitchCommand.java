package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import dev.cloister.contract.api.UpdateUserSecretRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives a secret to workspaces, or keeps it from them. */
@Command
final class SecretSwitchCommand implements Callable<Integer> {
    private final CliContext context;
    private final boolean enabled;

    @Parameters(paramLabel = "NAME", description = "The name of the secret.")
    private String name = "";

    private SecretSwitchCommand(CliContext context, boolean enabled) {
        this.context = context;
        this.enabled = enabled;
    }

    static CommandLine enable(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new SecretSwitchCommand(context, true)), "Give a secret to workspaces again.");
    }

    static CommandLine disable(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new SecretSwitchCommand(context, false)),
                "Keep a secret from workspaces without deleting it.");
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            client.users().updateSecret("me", name, new UpdateUserSecretRequest(null, null, null, null, enabled));
            context.terminal().print("The secret " + name + " is " + (enabled ? "enabled." : "disabled."));
        }
        return 0;
    }
}
