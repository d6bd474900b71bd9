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
import picocli.CommandLine.Option;

@Command(name = "list", description = "List your tokens.")
final class TokenListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-a", "--all"},
            description = "Those of everybody, as far as you may see them.")
    private boolean all;

    @Mixin
    private OutputOptions output = new OutputOptions();

    TokenListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var tokens = client.users().tokens("me", all);
            if (output.json(context.terminal(), tokens)) {
                return 0;
            }
            var table = new Table("ID", "NAME", "OWNER", "LAST USED", "EXPIRES", "SCOPES");
            for (var token : tokens) {
                table.row(
                        token.id(),
                        token.tokenName(),
                        token.username(),
                        Ages.since(token.lastUsed(), clock.instant()),
                        token.expiresAt().toString(),
                        String.join(" ", token.scopes()));
            }
            context.terminal().print(table);
        }
        return 0;
    }
}
