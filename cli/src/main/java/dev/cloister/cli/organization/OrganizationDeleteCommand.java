package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.cli.session.OrganizationOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete an organization that has neither workspaces nor templates left.")
final class OrganizationDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "ORGANIZATION", description = "The organization, by name or ID.")
    private String organization = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    OrganizationDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = OrganizationOption.named(client, organization);
            context.requireConsent(
                    consent.given(),
                    "Delete the organization " + found.name() + " with its groups and roles?",
                    "--yes");
            client.organizationCalls().delete(found.id());
            context.terminal().print("The organization " + found.name() + " is deleted.");
        }
        return 0;
    }
}
