package dev.cloister.cli.provisioner;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the provisioners that serve an organization.")
final class ProvisionerListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<ProvisionerColumn> columns = List.of(
            ProvisionerColumn.CREATED_AT,
            ProvisionerColumn.LAST_SEEN_AT,
            ProvisionerColumn.NAME,
            ProvisionerColumn.VERSION,
            ProvisionerColumn.STATUS,
            ProvisionerColumn.TAGS);

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "COUNT",
            description = "How many at most. Default: 50.")
    private int limit = 50;

    @Option(
            names = {"-f", "--show-offline"},
            description = "Those that are gone too.")
    private boolean offline;

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ProvisionerListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var place = organization.find(context, client).id();
            var found = client.provisioners().daemons(place, limit, offline);
            if (output.json(context.terminal(), found)) {
                return 0;
            }
            if (found.isEmpty()) {
                context.terminal().say("No provisioner serves this organization just now.");
                return 0;
            }
            context.terminal().print(Table.of(columns, found, clock.instant()));
        }
        return 0;
    }
}
