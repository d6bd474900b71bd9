package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.client.ApiClient;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show an organization: by name or ID, \"selected\" for the one that commands work with,"
                + " \"me\" for all of yours.")
final class OrganizationShowCommand implements Callable<Integer> {
    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(
            arity = "0..1",
            paramLabel = "ORGANIZATION",
            description = "selected (the default), me, or a name or ID.")
    private String wanted = "selected";

    @Option(names = "--only-id", description = "Print nothing but the ID.")
    private boolean onlyId;

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<OrganizationColumn> columns =
            List.of(OrganizationColumn.ID, OrganizationColumn.NAME, OrganizationColumn.DEFAULT);

    @Mixin
    private OrganizationOption selected = new OrganizationOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    OrganizationShowCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = find(client);
            if (onlyId) {
                found.forEach(one -> context.terminal().print(one.id().toString()));
            } else if (!output.json(context.terminal(), found)) {
                context.terminal().print(Table.of(columns, found, clock.instant()));
            }
        }
        return 0;
    }

    private List<Organization> find(ApiClient client) throws IOException, CommandException {
        return switch (wanted) {
            case "selected" -> List.of(selected.find(context, client));
            case "me" -> client.organizations();
            default -> List.of(OrganizationOption.named(client, wanted));
        };
    }
}
