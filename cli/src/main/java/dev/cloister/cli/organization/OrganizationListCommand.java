package dev.cloister.cli.organization;

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

@Command(name = "list", description = "List the organizations that you can see.")
final class OrganizationListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<OrganizationColumn> columns = List.of(
            OrganizationColumn.NAME,
            OrganizationColumn.DISPLAY_NAME,
            OrganizationColumn.ID,
            OrganizationColumn.DEFAULT);

    @Mixin
    private OutputOptions output = new OutputOptions();

    OrganizationListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var all = client.organizationCalls().list();
            if (!output.json(context.terminal(), all)) {
                context.terminal().print(Table.of(columns, all, clock.instant()));
            }
        }
        return 0;
    }
}
