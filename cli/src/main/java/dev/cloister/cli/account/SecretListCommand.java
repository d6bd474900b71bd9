package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List your secrets, without their values.")
final class SecretListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private OutputOptions output = new OutputOptions();

    SecretListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var secrets = client.users().secrets("me");
            if (output.json(context.terminal(), secrets)) {
                return 0;
            }
            var table = new Table("NAME", "ENV", "FILE", "ENABLED", "UPDATED", "DESCRIPTION");
            for (var secret : secrets) {
                table.row(
                        secret.name(),
                        secret.envName(),
                        secret.filePath(),
                        secret.enabled() ? "yes" : "no",
                        Ages.since(secret.updatedAt(), clock.instant()),
                        secret.description());
            }
            context.terminal().print(table);
        }
        return 0;
    }
}
