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

@Command(name = "remove", description = "Take a user out of an organization, with their roles and groups there.")
final class MemberRemoveCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USER", description = "The user, by name or ID.")
    private String user = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    MemberRemoveCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = organization.find(context, client);
            context.askIfAttended(consent.given(), "Take " + user + " out of " + found.name() + "?");
            client.organizationCalls().removeMember(found.id(), user);
            context.terminal().print(user + " is no longer a member of " + found.name() + ".");
        }
        return 0;
    }
}
