package dev.cloister.cli.group;

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

@Command(name = "list", description = "List the groups of an organization.")
final class GroupListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<GroupColumn> columns = List.of(
            GroupColumn.NAME,
            GroupColumn.DISPLAY_NAME,
            GroupColumn.ORGANIZATION_ID,
            GroupColumn.MEMBERS,
            GroupColumn.QUOTA_ALLOWANCE);

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    GroupListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var groups = client.groups().list(organization.find(context, client).id());
            if (!output.json(context.terminal(), groups)) {
                context.terminal().print(Table.of(columns, groups, clock.instant()));
            }
        }
        return 0;
    }
}
