package dev.cloister.cli.group;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.cli.session.OrganizationOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a group. What was shared with it is no longer shared.")
final class GroupDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "GROUP", description = "The name of the group.")
    private String group = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    GroupDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = Groups.named(client, organization.find(context, client).id(), group);
            context.askIfAttended(consent.given(), "Delete the group " + found.name() + "?");
            client.groups().delete(found.id());
            context.terminal().print("The group " + found.name() + " is deleted.");
        }
        return 0;
    }
}
