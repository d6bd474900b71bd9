package dev.cloister.cli.organization;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "add", description = "Take a user into an organization.")
final class MemberAddCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USER", description = "The user, by name or ID.")
    private String user = "";

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    MemberAddCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = organization.find(context, client);
            client.organizationCalls().addMember(found.id(), user);
            context.terminal().print(user + " is now a member of " + found.name() + ".");
        }
        return 0;
    }
}
