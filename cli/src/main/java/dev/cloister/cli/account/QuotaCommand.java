package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "quota", description = "Show how much of a quota is taken, yours or somebody's.")
public final class QuotaCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "USER", description = "The user, by name or ID. Default: you.")
    private String user = "me";

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    public QuotaCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = organization.find(context, client);
            var quota = client.organizationCalls().quota(found.id(), user);
            if (output.json(context.terminal(), quota)) {
                return 0;
            }
            context.terminal()
                    .print(new Table("ORGANIZATION", "CONSUMED", "BUDGET")
                            .row(
                                    found.name(),
                                    Integer.toString(quota.creditsConsumed()),
                                    quota.budget() < 0 ? "unlimited" : Integer.toString(quota.budget())));
        }
        return 0;
    }
}
