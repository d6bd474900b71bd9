package dev.cloister.cli.provisioner;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.ProvisionerJobStatus;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the jobs of an organization's provisioners, the newest first.")
final class JobListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<JobColumn> columns = List.of(
            JobColumn.CREATED_AT,
            JobColumn.ID,
            JobColumn.TYPE,
            JobColumn.TEMPLATE_NAME,
            JobColumn.STATUS,
            JobColumn.QUEUE,
            JobColumn.TAGS);

    @Option(
            names = {"-s", "--status"},
            split = ",",
            paramLabel = "STATUS",
            description = "Only jobs in these states: ${COMPLETION-CANDIDATES}.")
    private List<ProvisionerJobStatus> statuses = List.of();

    @Option(
            names = {"-i", "--initiator"},
            paramLabel = "USER",
            description = "Only jobs that this person asked for, by name or ID; me for your own.")
    private String initiator = "";

    @Option(
            names = {"-l", "--limit"},
            paramLabel = "COUNT",
            description = "How many at most. Default: 50.")
    private int limit = 50;

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    JobListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var place = organization.find(context, client).id();
            var found = client.provisioners().jobs(place, limit, statuses, initiator);
            if (output.json(context.terminal(), found)) {
                return 0;
            }
            if (found.isEmpty()) {
                context.terminal().say("There is no such job.");
                return 0;
            }
            context.terminal().print(Table.of(columns, found, clock.instant()));
        }
        return 0;
    }
}
