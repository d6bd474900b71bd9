package dev.cloister.cli.group;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.contract.api.CreateGroupRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "create", description = "Make a group.")
final class GroupCreateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The name of the new group.")
    private String name = "";

    @Option(names = "--display-name", paramLabel = "TEXT", description = "The title that people see.")
    private String displayName = "";

    @Option(
            names = {"-u", "--avatar-url"},
            paramLabel = "URL",
            description = "A path or URL of a picture.")
    private String avatar = "";

    @Option(
            names = "--quota-allowance",
            paramLabel = "CREDITS",
            description = "What each member may spend a day on workspaces besides what other groups give.")
    private int allowance;

    @Mixin
    private OrganizationOption organization = new OrganizationOption();

    GroupCreateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var found = organization.find(context, client);
            var made = client.groups().create(found.id(), new CreateGroupRequest(name, displayName, avatar, allowance));
            context.terminal().print("The group " + made.name() + " of " + found.name() + " is made.");
        }
        return 0;
    }
}
