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
import picocli.CommandLine.Parameters;

@Command(name = "view", description = "Show one token, without its secret.")
final class TokenViewCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(paramLabel = "NAME-OR-ID", description = "The token, by its name or the ID that the list shows.")
    private String wanted = "";

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<TokenColumn> columns = List.of(TokenColumn.values());

    @Mixin
    private OutputOptions output = new OutputOptions();

    TokenViewCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var token = Tokens.find(client, wanted)
                    .orElseThrow(() -> CommandException.failure("There is no token \"" + wanted + "\" of yours."));
            if (!output.json(context.terminal(), token)) {
                context.terminal().print(Table.of(columns, List.of(token), clock.instant()));
            }
        }
        return 0;
    }
}
