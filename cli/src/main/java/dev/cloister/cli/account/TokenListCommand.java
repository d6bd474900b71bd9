package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
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

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<TokenColumn> columns = List.of(
            TokenColumn.ID,
            TokenColumn.NAME,
            TokenColumn.OWNER,
            TokenColumn.LAST_USED,
            TokenColumn.EXPIRES_AT,
            TokenColumn.SCOPES);

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
            context.terminal().print(Table.of(columns, tokens, clock.instant()));
        }
        return 0;
    }
}
