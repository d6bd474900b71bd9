package dev.cloister.cli.login;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", description = "Say who you are, and where.")
public final class WhoAmICommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private OutputOptions output = new OutputOptions();

    public WhoAmICommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var user = client.users().me();
            if (!output.json(context.terminal(), user)) {
                context.terminal().print("You are " + user.username() + " at " + client.server() + ".");
            }
        }
        return 0;
    }
}
