package dev.cloister.cli.organization;

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

@Command(name = "list", description = "List the members of an organization.")
final class MemberListCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<MemberColumn> columns = List.of(MemberColumn.USERNAME, MemberColumn.ORGANIZATION_ROLES);

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    MemberListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var members = client.organizationCalls()
                    .members(organization.find(context, client).id());
            if (!output.json(context.terminal(), members)) {
                context.terminal().print(Table.of(columns, members, clock.instant()));
            }
        }
        return 0;
    }
}
